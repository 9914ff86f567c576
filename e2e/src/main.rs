//! Drives the studio as a person would.
fn main() {}
