//! A list that forgets its oldest entries, so that a long load run cannot eat the machine's memory.

use std::collections::VecDeque;

#[derive(Clone, Debug)]
pub struct Ring<T> {
    items: VecDeque<T>,
    keep: usize,
}

impl<T> Ring<T> {
    pub fn new(keep: usize) -> Self {
        Self {
            items: VecDeque::new(),
            keep,
        }
    }

    pub fn push(&mut self, item: T) {
        while self.items.len() >= self.keep {
            self.items.pop_front();
        }
        self.items.push_back(item);
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.items.iter()
    }

    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut T> {
        self.items.iter_mut()
    }
}
