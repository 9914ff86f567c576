//! The use cases as a window calls them, against the practice provider, on a data folder of each test's own.

#![expect(
    clippy::unwrap_used,
    reason = "a test that fails says where by its panic"
)]

mod desk;
mod library;
mod runs;
mod secrets;
