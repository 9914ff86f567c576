//! What a window may ask. Each command is a few lines: take, call the studio, give back. No rules live here.

pub(crate) mod accounts;
mod allowed;
pub(crate) mod app_window;
pub(crate) mod apps;
pub(crate) mod auth;
pub(crate) mod browser;
pub(crate) mod bundle;
pub(crate) mod catalogue;
pub(crate) mod connectors;
pub(crate) mod desktop;
pub(crate) mod editor;
pub(crate) mod graphql;
pub(crate) mod imports;
pub(crate) mod linked;
pub(crate) mod notices;
pub(crate) mod oauth;
pub(crate) mod practice;
pub(crate) mod runs;
pub(crate) mod secrets;
pub(crate) mod sso;
pub(crate) mod studio;

pub(crate) use allowed::is_allowed;
