//! Running apps: the managed auth screen, who is asked and when, what controls show (PRODUCT A1–A5).

mod authentication;
mod controls;
mod desk;
mod files;
mod signing_in;
