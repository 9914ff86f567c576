//! The editor with a long flow beside the same with a short one: typing, moving a step by keyboard, undo.
//!
//! Not here: how keys get from the keyboard to the page. The clock starts when the page's first listener hears a key.

use std::time::Duration;

use latchwork_e2e::desktop::{Keyring, Size};
use latchwork_e2e::driver::keys;
use latchwork_e2e::scene::Scene;
use latchwork_e2e::studio::order_begins;
use latchwork_e2e::window::Window;
use serde_json::{Value, json};

use crate::flow::flow_document;
use crate::harness::{Benchmark, Fault, Findings, Measured, stage};

/// How many times the short flow's time the long one may take.
const RATIO: f64 = 1.5;
/// Within what a key is answered, however long the flow is.
const ANSWERED: Duration = Duration::from_millis(50);
const LONG: usize = 200;
const SHORT: usize = 10;
/// How often each flow is opened, and what is done each time.
const ROUNDS: usize = 4;
const LETTERS: usize = 10;
const MOVES: usize = 2;
const UNDOS: usize = 5;
/// More places than there are between the second step and the first one.
const MOST_PLACES: usize = 6;
/// A key that does nothing here, as `WebDriver` writes it.
const F8: &str = "\u{e038}";

pub const BENCHMARK: Benchmark = Benchmark {
    name: "editor",
    about: "The editor in the studio's window, on a display without a screen: keys pressed one after another, each timed from \
            its event to the frame after the one in which its effect is drawn (two animation frames). Typing is in a \
            template field of the fourth step; the second step is moved before the first one by keyboard, and that is \
            undone (redone between, which is not timed). A key that nobody takes says what two frames cost by \
            themselves. The peer is a flow of 10 steps in the same window.",
    run,
};

/// From now on the page keeps how long each press of a wanted key takes.
const LISTEN: &str = include_str!("harness/keys.js");

/// What is timed: a key that nobody takes says what the two frames cost by themselves.
const KINDS: [&str; 6] = [
    "a key that nobody takes",
    "a letter into a template field",
    "taking a step by its handle",
    "going on to the next place",
    "letting it go there",
    "undo of that",
];
const NOTHING: usize = 0;
const LETTER: usize = 1;
const TAKE: usize = 2;
const GO: usize = 3;
const LET_GO: usize = 4;
const UNDO: usize = 5;

/// The times of each kind.
type Times = [Vec<Duration>; KINDS.len()];

fn run() -> Result<Findings, Fault> {
    let stage = stage()?;
    let mut scene = Scene::set(&stage, Size::USUAL, Keyring::Unlocked)?;
    for steps in [LONG, SHORT] {
        let file = scene.desktop().path(&format!("{steps}.connector.json"));
        std::fs::write(&file, document(steps).to_string())?;
        scene.latchwork(&["import", &file.display().to_string()])?;
    }
    scene.open_studio(&[])?;
    let window = scene.window()?;
    window.session().run_script(LISTEN, &[])?;
    let (mut long, mut short) = (Times::default(), Times::default());
    // The first round warms up, and its times are thrown away.
    for round in 0..=ROUNDS {
        for (steps, times) in [(LONG, &mut long), (SHORT, &mut short)] {
            let mut hand = Hand {
                window,
                times: Times::default(),
            };
            hand.edit(steps)?;
            if round > 0 {
                for (all, new) in times.iter_mut().zip(hand.times) {
                    all.extend(new);
                }
            }
        }
    }
    let measured: Vec<Measured> = KINDS
        .into_iter()
        .zip(long.into_iter().zip(short))
        .map(|(name, (long, short))| Measured::told(name, ("200 steps", long), ("10 steps", short)))
        .collect();
    let judged = measured
        .iter()
        .skip(LETTER)
        .flat_map(|measured| [measured.at_most_times(RATIO), measured.within(ANSWERED)])
        .collect();
    Ok(Findings::of(measured).judged(judged))
}

/// A flow of the given length, each of whose steps has a name.
fn document(steps: usize) -> Value {
    let mut document = flow_document("http://127.0.0.1:9", steps);
    if let Some(steps) = document["auth"]["steps"].as_array_mut() {
        for (number, step) in steps.iter_mut().enumerate() {
            step["label"] = json!(title(number));
        }
    }
    document
}

fn title(step: usize) -> String {
    format!("Step {step}")
}

/// Whoever presses the keys.
struct Hand<'scene> {
    window: &'scene Window,
    times: Times,
}

impl Hand<'_> {
    /// Opens the flow of this length, edits it, takes the moves back and goes to the list again.
    fn edit(&mut self, steps: usize) -> Result<(), Fault> {
        let window = self.window;
        window.click("link", &format!("A flow of {steps}"))?;
        window.find("heading", "Auth flow")?;
        self.write()?;
        for _ in 0..MOVES {
            self.move_step()?;
        }
        window.session().run_script("history.back()", &[])?;
        Ok(())
    }

    fn write(&mut self) -> Result<(), Fault> {
        let window = self.window;
        window.click_marked("step-step_3")?;
        window.click("textbox", "URL")?;
        for _ in 0..LETTERS {
            self.press(NOTHING, "F8", &[F8])?;
            self.press(LETTER, "a", &["a"])?;
        }
        Ok(())
    }

    /// Moves the second step before the first one, and takes that back.
    fn move_step(&mut self) -> Result<(), Fault> {
        let window = self.window;
        window.click_marked("step-step_1")?;
        window.press_until_focused(keys::RIGHT, &format!("Move {}", title(1)))?;
        self.press(TAKE, "Enter", &[keys::ENTER])?;
        let first = format!("Insert before {}", title(0));
        for _ in 0..MOST_PLACES {
            self.press(GO, "ArrowUp", &[keys::UP])?;
            if window.focused()? == first {
                break;
            }
        }
        self.press(LET_GO, "Enter", &[keys::ENTER])?;
        for _ in 0..UNDOS {
            expect_first(window, [1, 0])?;
            self.press(UNDO, "z", &[keys::CONTROL, "z"])?;
            expect_first(window, [0, 1])?;
            window.session().press(&[keys::CONTROL, "y"])?;
        }
        expect_first(window, [1, 0])?;
        window.session().press(&[keys::CONTROL, "z"])?;
        expect_first(window, [0, 1])
    }

    /// Presses keys together, of which one is timed.
    fn press(&mut self, kind: usize, timed: &str, keys: &[&str]) -> Result<(), Fault> {
        let session = self.window.session();
        session.run_script("window.wantedKey = arguments[0]", &[json!(timed)])?;
        session.press(keys)?;
        session.await_frame()?;
        let script = "window.wantedKey = null; return window.keyTimes.splice(0)";
        let told = session.run_script(script, &[])?;
        let [time] = told.as_array().map(Vec::as_slice).unwrap_or_default() else {
            return Err(format!("{timed} was pressed once, and heard as {told}").into());
        };
        let milliseconds = time.as_f64().ok_or("a time is no number")?;
        self.times[kind].push(Duration::try_from_secs_f64(milliseconds / 1e3)?);
        Ok(())
    }
}

/// Waits until the flow begins with these two steps and goes on with the others: as many as a long flow has in sight.
fn expect_first(window: &Window, first: [usize; 2]) -> Result<(), Fault> {
    let ids: Vec<String> = first
        .into_iter()
        .chain(2..SHORT)
        .map(|number| format!("step_{number}"))
        .collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    Ok(order_begins(window, &ids)?)
}
