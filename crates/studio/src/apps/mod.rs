//! Apps: kept in the library, and running in a window of their own.

mod editing;
mod files;
mod library;
mod running;

pub(crate) use running::RunningApps;
pub use running::{APP_WINDOWS, AppSource, PreparedApp};
