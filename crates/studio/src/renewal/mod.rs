//! The renewal of sessions: however many calls, windows and processes meet an expired one, it is renewed once
//! (SAFETY F1, F2), and what came is stored before anyone is answered.
//!
//! In this order: one flight in this process; a lease that other processes wait for; read again; note the attempt;
//! send; store; answer. A flight is a task of its own: whoever waits for it may go away (F12), and none of those who
//! stay have to do it again.

mod flight;
mod flights;
mod keeper;
mod outcome;
mod relay;
mod whose;

pub(crate) use flights::Flights;
pub(crate) use outcome::Outcome;
pub(crate) use whose::{Found, Whose};
