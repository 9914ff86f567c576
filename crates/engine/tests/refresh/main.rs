//! The refresh of a session, driven as a call drives it: R1 to R6, F5, F8, F10, F13, F14, F15.

mod flow;
mod oauth;
mod session;
mod triggers;
