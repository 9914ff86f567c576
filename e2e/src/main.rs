//! Plays the end-to-end stories: the studio driven as a person would.
//!
//! Usage: `latchwork-e2e [--full] [--screenshots FOLDER] [NAME…]`; `cargo xtask e2e` builds what it needs first.
//! A program and not a `#[test]`: one build of the workspace then serves the tests and the window under test, and
//! plain `cargo test` needs no display.
#![expect(
    clippy::print_stdout,
    reason = "the results are for whoever started it"
)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use latchwork_e2e::browser;
use latchwork_e2e::failure::Failure;
use latchwork_e2e::scene::{Scene, Stage};
use latchwork_e2e::stories::{ALL, Story};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let mut names = Vec::new();
    let mut pictures = None;
    let mut full = false;
    while let Some(word) = arguments.next() {
        match word.as_str() {
            "--full" => full = true,
            "--screenshots" => pictures = arguments.next().map(PathBuf::from),
            _ => names.push(word),
        }
    }
    let programs = std::env::var_os("LATCHWORK_E2E_BIN_DIR").map_or_else(own_folder, PathBuf::from);
    let stage = Stage {
        remains: programs.join("../e2e"),
        programs,
        pictures,
        full,
    };
    play(&stage, &names)
}

/// Plays the chosen stories one after another and prints what `cargo test` would.
fn play(stage: &Stage, names: &[String]) -> ExitCode {
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for story in ALL.iter().filter(|story| is_chosen(story, stage, names)) {
        // With --full it is tried all the same, and its failure says what is missing.
        if story.needs_browser && !stage.full && !browser::is_installed() {
            skipped += 1;
            println!(
                "test {} ... ignored, there is no Chromium with its driver",
                story.name
            );
            continue;
        }
        let began = Instant::now();
        let result = play_one(story, stage);
        let took = began.elapsed().as_secs_f64();
        match result {
            Ok(()) => {
                passed += 1;
                println!("test {} ... ok ({took:.1} s)", story.name);
            }
            Err(failure) => {
                failed += 1;
                println!(
                    "test {} ... FAILED ({took:.1} s)\n    {failure}",
                    story.name
                );
            }
        }
    }
    let word = if failed == 0 { "ok" } else { "FAILED" };
    println!("\ntest result: {word}. {passed} passed; {failed} failed; {skipped} ignored");
    if failed == 0 && passed + skipped > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn play_one(story: &Story, stage: &Stage) -> Result<(), Failure> {
    let mut scene = Scene::set(stage, story.size, story.keyring)?;
    (story.play)(&mut scene).inspect_err(|_| {
        if let Ok(folder) = scene.leave_remains(story.name) {
            println!(
                "A picture of the window and the logs are in {}",
                folder.display()
            );
        }
    })
}

fn is_chosen(story: &Story, stage: &Stage, names: &[String]) -> bool {
    let by_name = names.is_empty() || names.iter().any(|name| story.name.contains(name.as_str()));
    let by_pictures = stage.pictures.is_none() || story.takes_pictures;
    by_name && by_pictures
}

fn own_folder() -> PathBuf {
    std::env::current_exe()
        .ok()
        .and_then(|program| program.parent().map(PathBuf::from))
        .unwrap_or_default()
}
