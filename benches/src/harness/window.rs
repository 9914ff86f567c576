//! Programs with a window, under the driver that the end-to-end stories use: from the moment before the program
//! begins to the moment a field is there.
//!
//! The driver starts the program itself, so that this one starts in between: it notes the time and becomes the
//! program. The page knows its own times by the same clock.

use std::ffi::OsStr;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use latchwork_e2e::desktop::Desktop;
use latchwork_e2e::program::Program;
use latchwork_e2e::scene::Stage;
use latchwork_e2e::waiting::until;
use serde_json::{Value, json};

use super::Fault;

/// Tells when a field that takes text is there, in milliseconds since 1970.
const FIELD: &str = include_str!("field.js");

/// Where the programs are that were built beside this one.
pub fn stage() -> Result<Stage, Fault> {
    let programs = std::env::current_exe()?
        .parent()
        .map(PathBuf::from)
        .ok_or("this program is in no folder")?;
    for name in ["latchwork-studio", "latchwork", "latchwork-blank-window"] {
        if !programs.join(name).is_file() {
            return Err(format!("{name} is not there; `cargo xtask bench` builds it").into());
        }
    }
    Ok(Stage {
        remains: programs.join("../bench"),
        programs,
        pictures: None,
        full: false,
    })
}

/// How long it takes from before a program begins until its page has a field; none where that was there before
/// anybody looked. A page that is nothing but its file has its fields when it is read: that moment can be asked for
/// afterwards. The program is ended.
pub fn start(
    desktop: &Desktop,
    program: &Path,
    arguments: &[&str],
    is_plain: bool,
) -> Result<Option<Duration>, Fault> {
    let note = desktop.path("started");
    let (note, program) = (note.display().to_string(), program.display().to_string());
    let mut all = vec!["--note-start", &note, &program];
    all.extend(arguments);
    let program = Program::open(desktop, &std::env::current_exe()?, &all)?;
    let session = program.window().session();
    // The window may be there before its page, and what runs in it then ends with it.
    let told = until("a field", || {
        session.await_script(FIELD, &[json!(is_plain)])
    })?;
    let began = std::fs::read_to_string(note)?.trim().parse::<u64>()?;
    took(began, &told)
}

/// From microseconds since 1970 to a page's milliseconds since then.
fn took(began: u64, at: &Value) -> Result<Option<Duration>, Fault> {
    let Some(at) = at.as_f64() else {
        return Ok(None);
    };
    let at = Duration::try_from_secs_f64(at / 1e3)?;
    at.checked_sub(Duration::from_micros(began))
        .map(Some)
        .ok_or_else(|| "the page was there before its program".into())
}

/// Notes the time in a file, and becomes a program: `FILE PROGRAM ARGUMENTS…`. It comes back with a failure only.
pub fn note_start<S: AsRef<OsStr>>(words: &[S]) -> Fault {
    let [file, program, arguments @ ..] = words else {
        return "what to start is missing".into();
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let noted = now
        .map_err(Fault::from)
        .and_then(|now| Ok(std::fs::write(file.as_ref(), now.as_micros().to_string())?));
    match noted {
        Ok(()) => Command::new(program).args(arguments).exec().into(),
        Err(fault) => fault,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::{Value, json};

    use super::took;

    #[test]
    fn the_time_between_a_program_and_its_page() {
        let began = 1_700_000_000_000_000;
        assert_eq!(
            took(began, &json!(1_700_000_000_250.0)).unwrap(),
            Some(Duration::from_millis(250))
        );
        assert_eq!(took(began, &Value::Null).unwrap(), None);
        assert!(took(began, &json!(1_699_999_999_999.0)).is_err());
    }
}
