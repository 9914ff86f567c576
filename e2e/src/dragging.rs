//! Dragging with the mouse, from one thing in the page to another.
//!
//! A page's point is the display's: no window manager runs, so the window stands at the display's corner and has no
//! frame.

use serde_json::{Value, json};

use crate::driver::Element;
use crate::failure::Failure;
use crate::mouse::Mouse;
use crate::scene::Scene;
use crate::waiting::until;

/// How far a hand moves at once, in pixels.
const STRIDE: f64 = 6.0;

/// Where on a thing it is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drop {
    /// On its upper edge: before it.
    Before,
    /// On its lower edge: behind it.
    Behind,
}

impl Scene<'_> {
    /// Drags what has one `data-testid` to the edge of what has another, and lets it go there once the page says
    /// that it can be dropped.
    pub fn drag(&self, from: &str, to: &str, drop: Drop) -> Result<(), Failure> {
        let mut hand = Hand {
            mouse: self.desktop().mouse()?,
            at: self.point_of(from, 0.5)?,
        };
        hand.go(hand.at)?;
        self.window()?.session().await_frame()?;
        hand.mouse.press()?;
        let target = self.point_of(to, if drop == Drop::Before { 0.1 } else { 0.9 })?;
        until("the drag to begin", || {
            hand.stride_towards(target)?;
            self.page_has(&format!("[data-testid='{from}'][data-dragging]"))
        })?;
        while !hand.is_at(target) {
            hand.stride_towards(target)?;
            self.window()?.session().await_frame()?;
        }
        until("a place to drop", || {
            hand.stride_towards(target)?;
            self.page_has("[data-drop-target]")
        })?;
        hand.mouse.release()
    }

    /// Clicks with the mouse what has this role and name.
    pub fn click_with_the_mouse(&self, role: &str, name: &str) -> Result<(), Failure> {
        let window = self.window()?;
        let mut hand = Hand {
            mouse: self.desktop().mouse()?,
            at: self.point_in(&window.find(role, name)?, 0.5)?,
        };
        hand.go(hand.at)?;
        window.session().await_frame()?;
        hand.mouse.press()?;
        hand.mouse.release()
    }

    /// A point in the middle of what has this `data-testid`, at a share of its height.
    fn point_of(&self, mark: &str, share: f64) -> Result<(f64, f64), Failure> {
        self.point_in(&self.window()?.find_marked(mark)?, share)
    }

    fn point_in(&self, element: &Element, share: f64) -> Result<(f64, f64), Failure> {
        let window = self.window()?;
        let point = window.session().run_script(
            "const box = arguments[0].getBoundingClientRect();\
             return [box.x + box.width / 2, box.y + box.height * arguments[1]]",
            &[element.argument(), json!(share)],
        )?;
        let part = |index: usize| point[index].as_f64().unwrap_or_default();
        Ok((part(0), part(1)))
    }

    fn page_has(&self, selector: &str) -> Result<(), Failure> {
        let session = self.window()?.session();
        session.await_frame()?;
        let script = "return document.querySelector(arguments[0]) !== null";
        if session.run_script(script, &[json!(selector)])? == Value::Bool(true) {
            return Ok(());
        }
        Err(Failure::Expectation {
            expected: format!("an element {selector}"),
            found: "none".to_owned(),
        })
    }
}

struct Hand {
    mouse: Mouse,
    at: (f64, f64),
}

impl Hand {
    fn is_at(&self, target: (f64, f64)) -> bool {
        (target.0 - self.at.0).hypot(target.1 - self.at.1) <= STRIDE
    }

    /// Moves on towards a point; there it trembles, as a hand does, so that the page hears of it again.
    fn stride_towards(&mut self, target: (f64, f64)) -> Result<(), Failure> {
        let (across, down) = (target.0 - self.at.0, target.1 - self.at.1);
        let distance = across.hypot(down);
        if self.is_at(target) {
            let tremble = if self.at.0 > target.0 { -1.0 } else { 1.0 };
            return self.go((target.0 + tremble, target.1));
        }
        let share = STRIDE / distance;
        self.go((self.at.0 + across * share, self.at.1 + down * share))
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "points of a display are whole and small"
    )]
    fn go(&mut self, point: (f64, f64)) -> Result<(), Failure> {
        self.at = point;
        self.mouse.move_to(point.0 as i16, point.1 as i16)
    }
}
