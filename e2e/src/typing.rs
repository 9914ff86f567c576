//! What a person does with the keyboard and with switches, beyond filling a field.

use serde_json::json;

use crate::driver::{Element, keys};
use crate::failure::{Failure, expect_equal};
use crate::waiting::until;
use crate::window::Window;

impl Window {
    /// Presses a key wherever the focus is.
    pub fn press(&self, key: &str) -> Result<(), Failure> {
        self.session().press(&[key])
    }

    /// Types on where the cursor is, one key after another.
    pub fn type_on(&self, text: &str) -> Result<(), Failure> {
        let mut letter = [0; 4];
        text.chars()
            .try_for_each(|one| self.press(one.encode_utf8(&mut letter)))
    }

    /// Waits until a field holds exactly this text.
    pub fn wait_for_field(&self, role: &str, name: &str, text: &str) -> Result<(), Failure> {
        until(&format!("“{text}” in {role} “{name}”"), || {
            let field = self.look_for(role, name, None)?;
            expect_equal(
                "the field's text",
                &self.field_text(&field)?.as_str(),
                &text,
            )
        })
    }

    /// Waits until a field shows this text somewhere.
    pub fn wait_for_part(&self, role: &str, name: &str, text: &str) -> Result<(), Failure> {
        until(&format!("“{text}” in {role} “{name}”"), || {
            let found = self.field_text(&self.look_for(role, name, None)?)?;
            if found.contains(text) {
                return Ok(());
            }
            Err(Failure::Expectation {
                expected: format!("“{text}”"),
                found,
            })
        })
    }

    /// What a field holds, as it is shown.
    fn field_text(&self, field: &Element) -> Result<String, Failure> {
        let text = self.session().run_script(
            "return 'value' in arguments[0] ? arguments[0].value : arguments[0].innerText",
            &[field.argument()],
        )?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Turns a switch on or off; the switch itself may be drawn by its label, and its name goes on with what it does.
    pub fn switch(&self, name: &str, on: bool) -> Result<(), Failure> {
        let look = || {
            let begins = |found: &str| found.starts_with(name);
            self.look_for_first("switch", name, None, &begins)
        };
        let checked =
            || Ok::<_, Failure>(self.session().property(&look()?, "checked")? == json!(on));
        until(&format!("switch “{name}” to be turned to {on}"), || {
            if checked()? {
                return Ok(());
            }
            let label = self.session().elements_by_script(
                "return [arguments[0].closest('label') ?? arguments[0]]",
                &[look()?.argument()],
            )?;
            for one in label {
                self.session().click(&one)?;
            }
            expect_equal("the switch's being as it was turned", &checked()?, &true)
        })
    }

    /// The name of what has the focus.
    pub fn focused(&self) -> Result<String, Failure> {
        let element = self.session().active_element()?;
        self.session().name(&element)
    }

    /// Presses a key again and again until what has the focus has exactly this name.
    pub fn press_until_focused(&self, key: &str, name: &str) -> Result<(), Failure> {
        let mut seen = Vec::new();
        until(&format!("the focus on “{name}”"), || {
            let focused = self.focused()?;
            if focused == name {
                return Ok(());
            }
            if seen.last() != Some(&focused) {
                seen.push(focused);
            }
            self.press(key)?;
            Err(Failure::Expectation {
                expected: format!("the focus on “{name}”"),
                found: format!("it went over {seen:?}"),
            })
        })
    }

    /// Leaves the field that has the focus, as with the tabulator.
    pub fn leave_field(&self) -> Result<(), Failure> {
        self.press(keys::TAB)
    }
}
