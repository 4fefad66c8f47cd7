//! A list that forgets its oldest entries, so that a long load run cannot eat the machine's memory.

use std::collections::VecDeque;

/// Holds the newest items.
#[derive(Clone, Debug)]
pub struct Ring<T> {
    items: VecDeque<T>,
    keep: usize,
}

impl<T> Ring<T> {
    /// Holds up to `keep` items.
    pub fn new(keep: usize) -> Self {
        Self {
            items: VecDeque::new(),
            keep,
        }
    }

    /// Drops the oldest item of a full ring.
    pub fn push(&mut self, item: T) {
        while self.items.len() >= self.keep {
            self.items.pop_front();
        }
        self.items.push_back(item);
    }

    /// Oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.items.iter()
    }

    /// Oldest first.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut T> {
        self.items.iter_mut()
    }
}
