//! The catalogue: ready-made connectors, as files in `connectors/`, and the search for them.
//!
//! An entry is two files: `NAME.connector.json`, a connector like any other, and `NAME.about.json`, which says what
//! to register where, and how far the connector was tried. Both are in the program; nothing is read or fetched, and
//! nothing here knows of libraries, windows or terminals. `docs/catalogue.md` says how an entry is made.

mod about;
mod entries;
mod fold;
mod search;

pub use about::{About, RegisterStep, Status, StatusKind};
pub use entries::{Entry, entries, find};
pub use search::search;
