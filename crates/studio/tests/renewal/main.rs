//! The renewal of sessions in one process: F1, F11, F12, F15, F16, F17, F35, Z32b, and what the windows hear of it.

#![allow(
    clippy::unwrap_used,
    reason = "a test that fails says where by its panic"
)]

mod certified;
mod desk;
mod keeping;
mod many;
mod windows;
