//! From a request in a file to one on the wire: templates rendered by their place, request parameters added,
//! the body written out.

mod body;
mod build;
mod parameters;
mod render;

pub(crate) use body::DraftBody;
pub(crate) use build::{Draft, render_parameters};
pub(crate) use parameters::add_parameters;
pub(crate) use render::Renderer;
