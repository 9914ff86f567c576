//! The studio's window and a running app's beside a blank one: how long until a field is there, and what they hold.

use std::path::{Path, PathBuf};
use std::time::Duration;

use latchwork_e2e::desktop::{Keyring, Size};
use latchwork_e2e::process::{Output, Process};
use latchwork_e2e::scene::{Scene, Stage};

use crate::flow::flow_document;
use crate::harness::{Benchmark, Fault, Findings, Judged, Measured, held, megabytes, stage, start};

/// What a start may take on top of a blank window's.
const ADDED: Duration = Duration::from_millis(250);
/// What a window may hold on top of a blank one, in bytes.
const MORE: u64 = 80_000_000;
/// How long nobody touches a window before it is weighed.
const IDLE: Duration = Duration::from_mins(1);
/// How often windows are started, and how often they are weighed.
const STARTS: usize = 15;
const WEIGHINGS: usize = 3;
/// How often a start is tried whose field was there before anybody looked.
const TRIES: usize = 5;

/// The sample app; it calls two of the sample connectors.
const APP: &str = include_str!("../../crates/sandbox/samples/harbour-desk.app.json");

pub const BENCHMARK: Benchmark = Benchmark {
    name: "start",
    about: "The window that people see, on a display without a screen, with a message bus and a keyring of its own. \
            Time is from before the program begins until its page has a field that takes text: the studio's search \
            field over three connectors, the first form of the sample app's managed auth screen. Memory is that of \
            all processes of a window (PSS) after a minute in which nobody touches it; the windows stand side by \
            side, so that they share what can be shared. The peer is a Tauri window with one field in its page, built \
            in the same run.",
    run,
};

/// A window to be measured.
struct Subject {
    name: &'static str,
    program: PathBuf,
    arguments: Vec<String>,
    /// Whether its page is nothing but a file.
    is_plain: bool,
}

fn run() -> Result<Findings, Fault> {
    let stage = stage()?;
    let mut scene = Scene::set(&stage, Size::USUAL, Keyring::Unlocked)?;
    scene.start_provider()?;
    for steps in [3, 4, 5] {
        let file = scene.desktop().path(&format!("{steps}.connector.json"));
        std::fs::write(
            &file,
            flow_document("http://127.0.0.1:9", steps).to_string(),
        )?;
        scene.latchwork(&["import", &file.display().to_string()])?;
    }
    let studio = Subject::studio(&stage, "studio", &[]);
    let app_file = scene.desktop().path("harbour-desk.app.json");
    std::fs::write(&app_file, APP)?;
    let app_data = scene.desktop().path("app-data");
    for connector in ["harbour-form", "harbour-basic"] {
        let file = scene
            .desktop()
            .path(&format!("samples/{connector}.connector.json"));
        let (file, data) = (file.display().to_string(), app_data.display().to_string());
        scene.latchwork(&["import", &file, "--data-dir", &data])?;
    }
    let app = Subject::studio(
        &stage,
        "running app",
        // With data of its own it leaves the studio beside it alone.
        &[
            Path::new("--data-dir"),
            &app_data,
            Path::new("--app"),
            &app_file,
        ],
    );
    let blank = Subject {
        name: "blank window",
        program: stage.programs.join("latchwork-blank-window"),
        arguments: Vec::new(),
        is_plain: true,
    };
    let times = starts(&scene, &[&studio, &app, &blank])?;
    let against_blank = |place: usize, name: &str| {
        Measured::told(
            name,
            ([studio.name, app.name][place], times[place].clone()),
            (blank.name, times[2].clone()),
        )
    };
    let measured = vec![
        against_blank(0, "studio, until a field is there"),
        against_blank(1, "running app, until a field is there"),
    ];
    let weighed = weigh(&scene, &[&studio, &app, &blank])?;
    let mut judged: Vec<Judged> = measured
        .iter()
        .flat_map(|measured| measured.adds_at_most(ADDED))
        .collect();
    judged.extend(weighed.more.iter().map(|(name, more)| {
        let what = format!("{name}: memory on top of the blank window");
        Judged::memory(what, *more, MORE)
    }));
    Ok(Findings::of(measured).noted(weighed.lines).judged(judged))
}

impl Subject {
    fn studio(stage: &Stage, name: &'static str, arguments: &[&Path]) -> Self {
        Self {
            name,
            program: stage.programs.join("latchwork-studio"),
            arguments: arguments
                .iter()
                .map(|word| word.display().to_string())
                .collect(),
            is_plain: false,
        }
    }

    fn words(&self) -> Vec<&str> {
        self.arguments.iter().map(String::as_str).collect()
    }
}

/// Starts all of them in turn, one at a time: once to warm up, then the timed ones.
fn starts(scene: &Scene, subjects: &[&Subject]) -> Result<Vec<Vec<Duration>>, Fault> {
    let mut times = vec![Vec::new(); subjects.len()];
    for round in 0..=STARTS {
        for place in 0..subjects.len() {
            // Whoever goes first may find colder caches, so they take turns at that.
            let place = (place + round) % subjects.len();
            let took = one_start(scene, subjects[place])?;
            if round > 0 {
                times[place].push(took);
            }
        }
    }
    Ok(times)
}

fn one_start(scene: &Scene, subject: &Subject) -> Result<Duration, Fault> {
    for _ in 0..TRIES {
        let words = subject.words();
        let took = start(scene.desktop(), &subject.program, &words, subject.is_plain)?;
        if let Some(took) = took {
            return Ok(took);
        }
    }
    Err(format!(
        "the field of the {} was there before anybody looked",
        subject.name
    )
    .into())
}

/// What windows hold.
struct Weighed {
    /// Each on top of the last one, in the median.
    more: Vec<(&'static str, u64)>,
    lines: Vec<String>,
}

fn weigh(scene: &Scene, subjects: &[&Subject]) -> Result<Weighed, Fault> {
    let mut rounds = vec![Vec::new(); subjects.len()];
    for _ in 0..WEIGHINGS {
        let desktop = scene.desktop();
        let windows = subjects
            .iter()
            .map(|subject| {
                Process::start(
                    &subject.program,
                    &subject.arguments,
                    desktop.environment(),
                    &desktop.log(subject.name),
                    Output::Log,
                )
            })
            .collect::<Result<Vec<_>, _>>()?;
        std::thread::sleep(IDLE);
        for (round, window) in rounds.iter_mut().zip(&windows) {
            round.push(held(&window.members())?);
        }
    }
    let mut lines = vec![format!(
        "{:<36} {:>10} {:>10} {:>10} {:>10} {:>9}",
        "memory", "least", "median", "most", "private", "processes"
    )];
    let mut medians = Vec::new();
    for (subject, round) in subjects.iter().zip(&mut rounds) {
        round.sort_by_key(|held| held.proportional);
        let median = round[round.len() / 2];
        lines.push(format!(
            "{:<36} {:>10} {:>10} {:>10} {:>10} {:>9}",
            subject.name,
            megabytes(round[0].proportional),
            megabytes(median.proportional),
            megabytes(round[round.len() - 1].proportional),
            megabytes(median.private),
            median.processes,
        ));
        medians.push((subject.name, median.proportional));
    }
    let (_, blank) = medians.pop().ok_or("nothing was weighed")?;
    let more = medians
        .into_iter()
        .map(|(name, held)| (name, held.saturating_sub(blank)))
        .collect();
    Ok(Weighed { more, lines })
}
