//! Apps: kept in the library, and running in a window of their own.

mod library;
mod running;

pub use running::AppSource;
