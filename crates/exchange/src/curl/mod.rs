//! cURL commands: read as they are pasted, from a shell's history or a browser's *Copy as cURL*, and written.
//!
//! Words are split by our own lexers: the kept crates (shell-words, shlex) know neither `$'…'`, which Chrome and
//! Firefox write, nor `cmd` and PowerShell, nor the place of a word.

mod address;
mod body;
mod cmd;
mod collection;
mod command;
mod connector;
mod dialect;
mod error;
mod headers;
mod json;
mod multipart;
mod options;
mod posix;
mod powershell;
mod read;
mod script;
mod sent;
mod word;
mod write;

pub(crate) use address::Address;
pub(crate) use body::encode;
pub use collection::{CurlCollection, to_curl_script};
pub(crate) use connector::from_curl_script;
pub use error::{CurlError, CurlErrorKind};
pub(crate) use headers::is_token;
pub(crate) use json::read_exactly;
pub use read::{CurlImport, from_curl};
pub use script::{CurlScript, CurlVariable};
pub use sent::{Sent, sent_to_curl};
pub use write::{CurlOptions, Secrets, to_curl};
