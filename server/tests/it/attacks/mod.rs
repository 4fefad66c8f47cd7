//! An AI that does whatever a customer writes, and one that is honest: what of it reaches Meta, from the signed webhook to Send.

mod obeyed;
mod ordinary;
mod received;
