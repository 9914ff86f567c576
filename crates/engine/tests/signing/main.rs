//! Signatures as a server gets them: published examples, and what redirects and events do to them.

mod aws;
mod calls;
mod oauth1;
