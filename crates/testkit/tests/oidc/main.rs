//! The certified provider and the scripted browser, proven right before anything is tested against them.

mod browser;
mod requests;
mod tokens;
