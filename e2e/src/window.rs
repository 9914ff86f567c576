//! A window as a person uses it: things are found by role and name, and waited for.
//!
//! Every action tries again while the page is still changing, up to one deadline. What a person could not find or
//! reach, a story cannot either.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::driver::{Element, Session, keys};
use crate::failure::Failure;
use crate::waiting::until;

/// An open window.
pub struct Window {
    session: Session,
}

impl Window {
    /// The window of a session.
    pub fn of(session: Session) -> Self {
        Self { session }
    }

    /// The session below, for what has no verb here.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Goes on in the window of a running app, once there is one.
    pub fn enter_app(&self) -> Result<(), Failure> {
        self.enter_page("app.html")
    }

    /// Goes on in the studio's own window.
    pub fn enter_studio(&self) -> Result<(), Failure> {
        self.enter_page("index.html")
    }

    fn enter_page(&self, page: &str) -> Result<(), Failure> {
        let is_there = "const page = location.pathname.split('/').pop() || 'index.html'; return page === arguments[0]";
        until(&format!("a window with {page}"), || {
            for tab in self.session.tabs()? {
                self.session.enter_tab(&tab)?;
                if self.session.run_script(is_there, &[json!(page)])? == json!(true) {
                    return Ok(());
                }
            }
            Err(Failure::Expectation {
                expected: page.to_owned(),
                found: "other windows".to_owned(),
            })
        })
    }

    /// Waits for the one element with this role and exactly this name.
    pub fn find(&self, role: &str, name: &str) -> Result<Element, Failure> {
        until(&format!("{role} “{name}”"), || {
            self.look_for(role, name, None)
        })
    }

    /// Waits for the element with this `data-testid`.
    pub fn find_marked(&self, mark: &str) -> Result<Element, Failure> {
        until(&format!("[data-testid={mark}]"), || {
            self.look_for_mark(mark)
        })
    }

    /// Whether such an element is there now.
    pub fn shows(&self, role: &str, name: &str) -> Result<bool, Failure> {
        match self.look_for(role, name, None) {
            Ok(_) => Ok(true),
            Err(failure) if failure.is_passing() => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    /// Clicks what has this role and name, once it can be clicked.
    pub fn click(&self, role: &str, name: &str) -> Result<(), Failure> {
        until(&format!("{role} “{name}” to be clicked"), || {
            self.click_now(&self.look_for(role, name, None)?)
        })
    }

    /// The same within another element.
    pub fn click_in(&self, scope: &Element, role: &str, name: &str) -> Result<(), Failure> {
        until(&format!("{role} “{name}” to be clicked"), || {
            self.click_now(&self.look_for(role, name, Some(scope))?)
        })
    }

    /// Clicks what has this `data-testid`.
    pub fn click_marked(&self, mark: &str) -> Result<(), Failure> {
        until(&format!("[data-testid={mark}] to be clicked"), || {
            self.click_now(&self.look_for_mark(mark)?)
        })
    }

    /// Clicks the first thing with this role whose name begins with these words: a menu's entry also says what it is
    /// for, a tab how much is in it.
    pub fn click_beginning(&self, role: &str, words: &str) -> Result<(), Failure> {
        until(&format!("{role} “{words}…” to be clicked"), || {
            let begins = |name: &str| name == words || name.starts_with(&format!("{words} "));
            self.click_now(&self.look_for_first(role, words, None, &begins)?)
        })
    }

    /// Chooses from a list that opens at a button: a select with this label.
    pub fn choose(&self, label: &str, option: &str) -> Result<(), Failure> {
        until(
            &format!("“{option}” to be chosen in “{label}”"),
            || {
                if !self.shows_beginning("option", option)? {
                    // The button's name is what is chosen now and then the label.
                    let names_it = |name: &str| name.ends_with(label) || name.starts_with(label);
                    self.click_now(&self.look_for_first("button", label, None, &names_it)?)?;
                }
                let begins = |name: &str| name == option || name.starts_with(&format!("{option} "));
                self.click_now(&self.look_for_first("option", option, None, &begins)?)
            },
        )
    }

    fn shows_beginning(&self, role: &str, words: &str) -> Result<bool, Failure> {
        match self.look_for_first(role, words, None, &|name| name.starts_with(words)) {
            Ok(_) => Ok(true),
            Err(failure) if failure.is_passing() => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    /// Puts a text into a field in place of what it holds.
    pub fn fill(&self, role: &str, name: &str, text: &str) -> Result<(), Failure> {
        until(&format!("{role} “{name}” to be filled"), || {
            self.fill_now(&self.look_for(role, name, None)?, text)
        })
    }

    /// The same within another element.
    pub fn fill_in(
        &self,
        scope: &Element,
        role: &str,
        name: &str,
        text: &str,
    ) -> Result<(), Failure> {
        until(&format!("{role} “{name}” to be filled"), || {
            self.fill_now(&self.look_for(role, name, Some(scope))?, text)
        })
    }

    /// Waits until the page shows this text somewhere.
    pub fn wait_for_text(&self, text: &str) -> Result<(), Failure> {
        until(&format!("the text “{text}”"), || {
            let shown = self.all_text()?;
            if shown.contains(text) {
                Ok(())
            } else {
                Err(not_in(text, &shown))
            }
        })
    }

    /// Waits until what has this `data-testid` shows this text.
    pub fn wait_for_text_in(&self, mark: &str, text: &str) -> Result<(), Failure> {
        until(&format!("“{text}” in [data-testid={mark}]"), || {
            let shown = self.text_of_marked(mark)?;
            if shown.contains(text) {
                Ok(())
            } else {
                Err(not_in(text, &shown))
            }
        })
    }

    /// Waits until what has this role and name shows this text.
    pub fn wait_for_text_of(&self, role: &str, name: &str, text: &str) -> Result<(), Failure> {
        until(&format!("“{text}” in {role} “{name}”"), || {
            let element = self.look_for(role, name, None)?;
            let shown = self.session.property(&element, "innerText")?;
            let shown = shown.as_str().unwrap_or_default();
            if shown.contains(text) {
                Ok(())
            } else {
                Err(not_in(text, shown))
            }
        })
    }

    /// The text of what has this `data-testid` now, also where one would have to scroll to it.
    pub fn text_of_marked(&self, mark: &str) -> Result<String, Failure> {
        let text = self
            .session
            .property(&self.look_for_mark(mark)?, "innerText")?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Chooses one of several; the circle itself may be drawn by its label.
    pub fn click_radio(&self, name: &str) -> Result<(), Failure> {
        until(&format!("radio “{name}” to be chosen"), || {
            let radio = self.look_for("radio", name, None)?;
            self.session.run_script(
                "(arguments[0].closest('label') ?? arguments[0]).click()",
                &[radio.argument()],
            )?;
            let chosen = self
                .session
                .property(&self.look_for("radio", name, None)?, "checked")?;
            if chosen == json!(true) {
                return Ok(());
            }
            Err(Failure::Expectation {
                expected: "it to be chosen".to_owned(),
                found: "another".to_owned(),
            })
        })
    }

    /// Waits until nothing has this `data-testid` any more.
    pub fn wait_until_unmarked(&self, mark: &str) -> Result<(), Failure> {
        until(&format!("[data-testid={mark}] to go"), || {
            match self.look_for_mark(mark) {
                Ok(_) => Err(Failure::Expectation {
                    expected: format!("nothing marked {mark}"),
                    found: "something".to_owned(),
                }),
                Err(failure) if failure.is_passing() => Ok(()),
                Err(failure) => Err(failure),
            }
        })
    }

    /// All text that the page shows.
    pub fn all_text(&self) -> Result<String, Failure> {
        let text = self
            .session
            .run_script("return document.body.innerText", &[])?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Takes a picture of the window, with all fonts and all movement at its end; writes it where a file is named.
    pub fn keep_picture(&self, file: Option<PathBuf>) -> Result<(), Failure> {
        // Neither a caret nor a hovered control belongs in a picture.
        self.session
            .run_script("document.activeElement?.blur()", &[])?;
        until("the page's fonts to be there", || {
            let loaded = self
                .session
                .run_script("return document.fonts.status === 'loaded'", &[])?;
            if loaded == json!(true) {
                return Ok(());
            }
            Err(Failure::Expectation {
                expected: "all fonts".to_owned(),
                found: "fonts on their way".to_owned(),
            })
        })?;
        // A countdown starts its next movement when one ends: what moves is put to its end, not waited for.
        self.session.run_script(
            "document.getAnimations()\
             .filter((one) => one.effect?.getTiming().iterations !== Infinity)\
             .forEach((one) => one.finish())",
            &[],
        )?;
        self.session.await_frame()?;
        let picture = self.session.picture()?;
        if let Some(file) = file {
            std::fs::create_dir_all(file.parent().unwrap_or(&file))?;
            std::fs::write(file, picture)?;
        }
        Ok(())
    }

    fn click_now(&self, element: &Element) -> Result<(), Failure> {
        if !self.session.is_enabled(element)? {
            return Err(Failure::Expectation {
                expected: "it to be enabled".to_owned(),
                found: "disabled".to_owned(),
            });
        }
        if !self.session.stands_still(element)? {
            return Err(Failure::Expectation {
                expected: "it to stand still".to_owned(),
                found: "moving".to_owned(),
            });
        }
        self.session.click(element)
    }

    fn fill_now(&self, element: &Element, text: &str) -> Result<(), Failure> {
        self.session.click(element)?;
        self.session.press(&[keys::CONTROL, "a"])?;
        self.session.press(&[keys::DELETE])?;
        // A list that closes gives the focus back a moment later: what was pressed then went elsewhere.
        self.has_focus(element)?;
        self.session.type_into(element, text)
    }

    fn has_focus(&self, element: &Element) -> Result<(), Failure> {
        let script = "return arguments[0].contains(document.activeElement)";
        let arguments = [element.argument()];
        match self.session.run_script(script, &arguments)? {
            Value::Bool(true) => Ok(()),
            _ => Err(Failure::Expectation {
                expected: "the focus to be there".to_owned(),
                found: "it elsewhere".to_owned(),
            }),
        }
    }

    /// Looks once for the element with this role and exactly this name.
    pub fn look_for(
        &self,
        role: &str,
        name: &str,
        scope: Option<&Element>,
    ) -> Result<Element, Failure> {
        self.look_for_first(role, name, scope, &|found| found == name)
    }

    /// Looks once for the first element with this role whose name fits and resembles `name`.
    pub fn look_for_first(
        &self,
        role: &str,
        name: &str,
        scope: Option<&Element>,
        fits: &dyn Fn(&str) -> bool,
    ) -> Result<Element, Failure> {
        let scope = scope.map_or(Value::Null, Element::argument);
        let candidates = self
            .session
            .elements_by_script(include_str!("page.js"), &[json!(role), json!(name), scope])?;
        let mut names = Vec::new();
        for element in candidates {
            let found = self.session.name(&element)?;
            if fits(&found) && self.session.role(&element)? == role {
                return Ok(element);
            }
            names.push(found);
        }
        Err(Failure::Expectation {
            expected: format!("a {role} named “{name}”"),
            found: format!("{} that come near: {names:?}", names.len()),
        })
    }

    /// Looks once for the element with this `data-testid`.
    pub fn look_for_mark(&self, mark: &str) -> Result<Element, Failure> {
        self.session
            .elements_by_script(
                "return [...document.querySelectorAll('[data-testid]')].filter((one) => one.dataset.testid === arguments[0])",
                &[json!(mark)],
            )?
            .into_iter()
            .next()
            .ok_or_else(|| Failure::Expectation {
                expected: format!("an element marked {mark}"),
                found: "none".to_owned(),
            })
    }
}

fn not_in(text: &str, shown: &str) -> Failure {
    Failure::Expectation {
        expected: format!("“{text}”"),
        found: shown.chars().take(400).collect(),
    }
}
