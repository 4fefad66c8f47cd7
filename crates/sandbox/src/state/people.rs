//! Customers. An id stands for one person towards one account; a business account is a customer of
//! the other accounts too, which is how two bots meet.

/// A customer towards one account.
#[derive(Clone, Debug)]
pub struct Person {
    /// The user name.
    pub handle: String,
    /// The Instagram account this id is valid for.
    pub ig_id: String,
    /// The Instagram id of the person if it is itself one of the sandbox's accounts.
    pub business: Option<String>,
}
