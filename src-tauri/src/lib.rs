//! The desktop shell: windows, commands, the single instance. No rule of the product lives here.

mod bindings;
mod commands;
mod host;
mod start;

pub use host::StartOptions;
pub use start::run;
