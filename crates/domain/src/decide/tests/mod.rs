//! First match wins, the gates hold in order, nothing falls through.
