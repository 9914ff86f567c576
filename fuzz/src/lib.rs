//! Fuzz targets: one file each, for everything that comes from outside. A target takes any bytes and panics where
//! a property is broken.
//!
//! The corpora in `fuzz/corpus` are replayed by `cargo test`. Looking for new inputs is done by hand, with the
//! programs in `fuzz/libfuzzer` (`fuzz/README.md`). Not here: what reads the database's own rows, which is the
//! store's tests, and anything that needs a server.

mod input;
mod place;
mod rendering;
mod target;

pub mod allowed_origin;
pub mod answer_body;
pub mod answer_cookies;
pub mod answer_redirect;
pub mod app_file;
pub mod browser_address;
pub mod call_request;
pub mod clipboard;
pub mod connector_file;
pub mod curl_command;
pub mod editor;
pub mod filter_encoding;
pub mod filter_html;
pub mod filter_jsonpath;
pub mod filter_jwt;
pub mod filter_key;
pub mod filter_regex;
pub mod filter_time;
pub mod filter_xpath;
pub mod form_answers;
pub mod graphql_document;
pub mod graphql_schema;
pub mod import_text;
pub mod oauth_callback;
pub mod oauth_discovery;
pub mod oauth_token_answer;
pub mod openapi_document;
pub mod postman_collection;
pub mod sealed_value;
pub mod template;
pub mod template_address;
pub mod template_rename;
pub mod vault_records;

pub use target::{TARGETS, Target};
