//! Tells tauri-build where the capability files are: the package lies at the root, the shell in `src-tauri`.
fn main() {
    tauri_build::build();
}
