//! Running apps: the managed auth screen, who is asked and when, what controls show (PRODUCT A1–A5).

#![allow(
    clippy::unwrap_used,
    reason = "a test that fails says where by its panic"
)]

mod authentication;
mod controls;
mod desk;
mod files;
mod signing_in;
