//! The desktop shell: windows, commands, deep links, the single instance. No rule of the product lives here.

mod bindings;
mod commands;
mod deep_link;
mod host;
mod scheme;
mod single_instance;
mod start;
mod windows;

pub use host::StartOptions;
pub use start::run;
