//! The studio driven as a person would: a desktop of its own, the real window, and the stories that are played in it.
//!
//! The program beside this plays the stories; the benchmarks of the window use the same desktop and driver.
#![expect(
    clippy::print_stdout,
    reason = "a condition that was waited for is told to whoever wants a trace"
)]

mod api;
pub mod browser;
pub mod desktop;
mod dragging;
pub mod driver;
pub mod failure;
mod fitting;
mod mouse;
pub mod process;
pub mod program;
pub mod scene;
mod silence;
pub mod stories;
pub mod studio;
mod typing;
pub mod waiting;
pub mod window;
