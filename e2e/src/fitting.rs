//! Whether a page fits its window: what a designer would see at a glance, measured.

use serde_json::Value;

use crate::driver::Element;
use crate::failure::{Failure, expect_equal};
use crate::waiting::until;
use crate::window::Window;

impl Window {
    /// Fails where something sticks out at the side, is cut off, or scrolls sideways that should not.
    pub fn expect_no_overflow(&self, place: &str) -> Result<(), Failure> {
        self.session().await_frame()?;
        let found = self
            .session()
            .run_script(include_str!("overflow.js"), &[])?;
        expect_equal(
            &format!("what overflows on {place}"),
            &texts(&found),
            &Vec::new(),
        )
    }

    /// Fails where a text stands out too little from what is behind it (WCAG 2.2, 1.4.3: 4.5 to 1).
    pub fn expect_contrast(&self, place: &str) -> Result<(), Failure> {
        let found = self
            .session()
            .run_script(include_str!("contrast.js"), &[])?;
        expect_equal(
            &format!("what is hard to read on {place}"),
            &texts(&found),
            &Vec::new(),
        )
    }

    /// Waits until what has this role and name lies wholly in the window with nothing on top of it.
    pub fn expect_in_sight(&self, role: &str, name: &str) -> Result<(), Failure> {
        until(&format!("{role} “{name}” in sight"), || {
            let element = self.look_for(role, name, None)?;
            let found = self.is_in_sight(&element)?;
            expect_equal("it", &found.as_str(), &"in sight")
        })
    }

    /// “in sight”, or where it is instead.
    pub fn is_in_sight(&self, element: &Element) -> Result<String, Failure> {
        let found = self.session().run_script(
            "const [element] = arguments;\
             const box = element.getBoundingClientRect();\
             if (box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight)\
               return `outside: ${JSON.stringify(box)}`;\
             const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);\
             return element.contains(top) ? 'in sight' : `under ${top?.outerHTML.slice(0, 120)}`",
            &[element.argument()],
        )?;
        Ok(found.as_str().unwrap_or_default().to_owned())
    }
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| one.as_str().map(str::to_owned))
        .collect()
}
