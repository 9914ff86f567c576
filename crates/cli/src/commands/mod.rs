//! One file a command, or a few that belong together.

pub(crate) mod bundle;
pub(crate) mod call;
pub(crate) mod catalogue;
pub(crate) mod check;
pub(crate) mod import;
pub(crate) mod introspect;
pub(crate) mod library;
pub(crate) mod sandbox;
pub(crate) mod schema;
pub(crate) mod session;
pub(crate) mod sso;
pub(crate) mod test;
