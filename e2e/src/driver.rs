//! A small WebDriver client: the few commands that stories need, over HTTP on this machine.
//!
//! WebKitWebDriver is spoken to directly. tauri-driver would only translate one capability's name on Linux
//! (docs/decisions/0005).

use std::time::Duration;

use base64::Engine as _;
use serde_json::{Value, json};

use crate::failure::Failure;

/// The name under which the specification hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A session with one window.
pub struct Session {
    agent: ureq::Agent,
    address: String,
}

/// An element of the page, for as long as the page keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element(String);

impl Element {
    /// The element as an argument of a script.
    pub fn argument(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}

/// Keys that have no character of their own, as WebDriver writes them.
pub mod keys {
    /// Removes what is chosen.
    pub const DELETE: &str = "\u{e017}";
    /// Held down with another.
    pub const SHIFT: &str = "\u{e008}";
    /// Held down until `NULL`.
    pub const CONTROL: &str = "\u{e009}";
    /// Held down until `NULL`.
    pub const ALT: &str = "\u{e00a}";
    /// The last of a list, or of a line.
    pub const END: &str = "\u{e010}";
    /// Lets go of what is held down.
    pub const NULL: &str = "\u{e000}";
    /// Leaves a field for the next one.
    pub const TAB: &str = "\u{e004}";
    /// Takes what is offered.
    pub const ENTER: &str = "\u{e007}";
    /// Takes back what was begun.
    pub const ESCAPE: &str = "\u{e00c}";
    /// One up.
    pub const UP: &str = "\u{e013}";
    /// One to the left.
    pub const LEFT: &str = "\u{e012}";
    /// One to the right.
    pub const RIGHT: &str = "\u{e014}";
}

impl Session {
    /// Asks WebKitWebDriver at a port to start a program and take its window.
    pub fn start(port: u16, program: &str, arguments: &[String]) -> Result<Self, Failure> {
        let options = json!({ "binary": program, "args": arguments });
        Self::open(port, "webkitgtk:browserOptions", &options)
    }

    /// Asks a driver at a port for a session, with options of its own kind.
    pub fn open(port: u16, kind: &str, options: &Value) -> Result<Self, Failure> {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_mins(1)))
            .build()
            .into();
        let mut session = Self {
            agent,
            address: format!("http://127.0.0.1:{port}/session"),
        };
        let answer = session.post(
            "",
            &json!({ "capabilities": { "alwaysMatch": {
                kind: options,
                "timeouts": { "script": 20_000, "pageLoad": 60_000, "implicit": 0 },
            } } }),
        )?;
        let id = answer["sessionId"].as_str().unwrap_or_default();
        session.address = format!("{}/{id}", session.address);
        Ok(session)
    }

    /// Goes to an address.
    pub fn visit(&self, address: &str) -> Result<(), Failure> {
        self.post("/url", &json!({ "url": address })).map(drop)
    }

    /// The address of the page, which is also that of one that could not be loaded.
    pub fn address(&self) -> Result<String, Failure> {
        Ok(self.get("/url")?.as_str().unwrap_or_default().to_owned())
    }

    /// All tabs.
    pub fn tabs(&self) -> Result<Vec<String>, Failure> {
        let tabs = self.get("/window/handles")?;
        let tabs = tabs.as_array().into_iter().flatten();
        Ok(tabs
            .filter_map(|tab| tab.as_str().map(str::to_owned))
            .collect())
    }

    /// Goes to a tab.
    pub fn enter_tab(&self, tab: &str) -> Result<(), Failure> {
        self.post("/window", &json!({ "handle": tab })).map(drop)
    }

    /// Runs a script in the page and gives what it returns.
    pub fn run_script(&self, script: &str, arguments: &[Value]) -> Result<Value, Failure> {
        self.post(
            "/execute/sync",
            &json!({ "script": script, "args": arguments }),
        )
    }

    /// Runs a script that calls its last argument when it is through, and gives what it calls it with.
    pub fn await_script(&self, script: &str, arguments: &[Value]) -> Result<Value, Failure> {
        self.post(
            "/execute/async",
            &json!({ "script": script, "args": arguments }),
        )
    }

    /// Waits until the page has been drawn as it stands now: a picture shows the last frame, not the page.
    pub fn await_frame(&self) -> Result<(), Failure> {
        let script = "const drawn = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn)))";
        self.await_script(script, &[]).map(drop)
    }

    /// The elements that a script returns in a list.
    pub fn elements_by_script(
        &self,
        script: &str,
        arguments: &[Value],
    ) -> Result<Vec<Element>, Failure> {
        let found = self.run_script(script, arguments)?;
        Ok(found
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|value| value[ELEMENT].as_str().map(|id| Element(id.to_owned())))
            .collect())
    }

    /// The accessible role that the engine computes.
    pub fn role(&self, element: &Element) -> Result<String, Failure> {
        self.text_of(element, "computedrole")
    }

    /// The accessible name that the engine computes.
    pub fn name(&self, element: &Element) -> Result<String, Failure> {
        self.text_of(element, "computedlabel")
    }

    /// A property, such as a field's `value`.
    pub fn property(&self, element: &Element, name: &str) -> Result<Value, Failure> {
        self.get(&format!("/element/{}/property/{name}", element.0))
    }

    /// Whether a control can be used.
    pub fn is_enabled(&self, element: &Element) -> Result<bool, Failure> {
        Ok(self.get(&format!("/element/{}/enabled", element.0))? == json!(true))
    }

    /// Clicks in the middle of an element.
    pub fn click(&self, element: &Element) -> Result<(), Failure> {
        self.post(&format!("/element/{}/click", element.0), &json!({}))
            .map(drop)
    }

    /// Brings an element into sight; whether it is at the same place two frames later. What moves under the pointer is
    /// not what was meant to be clicked.
    pub fn stands_still(&self, element: &Element) -> Result<bool, Failure> {
        let script = "const [element, told] = arguments;
            element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
            const place = () => { const { x, y } = element.getBoundingClientRect(); return `${x} ${y}`; };
            const before = place();
            requestAnimationFrame(() => requestAnimationFrame(() => told(place() === before)));";
        let stands = self.post(
            "/execute/async",
            &json!({ "script": script, "args": [element.argument()] }),
        )?;
        Ok(stands == json!(true))
    }

    /// Types into an element, as from a keyboard.
    pub fn type_into(&self, element: &Element, text: &str) -> Result<(), Failure> {
        self.post(
            &format!("/element/{}/value", element.0),
            &json!({ "text": text }),
        )
        .map(drop)
    }

    /// Presses keys wherever the focus is, all of them down together and then up again: a shortcut.
    pub fn press(&self, keys: &[&str]) -> Result<(), Failure> {
        let down = keys
            .iter()
            .map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys
            .iter()
            .rev()
            .map(|key| json!({ "type": "keyUp", "value": key }));
        let actions: Vec<Value> = down.chain(up).collect();
        self.post(
            "/actions",
            &json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] }),
        )
        .map(drop)
    }

    /// What has the focus now.
    pub fn active_element(&self) -> Result<Element, Failure> {
        let found = self.get("/element/active")?;
        match found[ELEMENT].as_str() {
            Some(id) => Ok(Element(id.to_owned())),
            None => Err(Failure::Expectation {
                expected: "something that has the focus".to_owned(),
                found: "nothing".to_owned(),
            }),
        }
    }

    /// Gives the window this size.
    pub fn resize(&self, width: u32, height: u32) -> Result<(), Failure> {
        self.post(
            "/window/rect",
            &json!({ "x": 0, "y": 0, "width": width, "height": height }),
        )
        .map(drop)
    }

    /// A picture of the window's content, as PNG.
    pub fn picture(&self) -> Result<Vec<u8>, Failure> {
        let encoded = self.get("/screenshot")?;
        base64::engine::general_purpose::STANDARD
            .decode(encoded.as_str().unwrap_or_default())
            .map_err(|error| Failure::program("WebKitWebDriver", error))
    }

    fn text_of(&self, element: &Element, what: &str) -> Result<String, Failure> {
        let value = self.get(&format!("/element/{}/{what}", element.0))?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    fn get(&self, path: &str) -> Result<Value, Failure> {
        let mut answer = self.agent.get(format!("{}{path}", self.address)).call()?;
        value_of(
            answer.status().as_u16(),
            &answer
                .body_mut()
                .with_config()
                .limit(64 << 20)
                .read_json()?,
        )
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        let mut answer = self
            .agent
            .post(format!("{}{path}", self.address))
            .send_json(body)?;
        value_of(
            answer.status().as_u16(),
            &answer
                .body_mut()
                .with_config()
                .limit(64 << 20)
                .read_json()?,
        )
    }
}

/// The value of an answer, or the error that it tells.
fn value_of(status: u16, answer: &Value) -> Result<Value, Failure> {
    let value = &answer["value"];
    if status < 400 {
        return Ok(value.clone());
    }
    let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    Err(Failure::Driver {
        error: text("error"),
        message: text("message"),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::value_of;

    #[test]
    fn an_error_keeps_its_name() {
        let answer =
            json!({ "value": { "error": "no such element", "message": "gone", "stacktrace": "" } });
        let failure = value_of(404, &answer).expect_err("404 is an error");
        assert!(failure.is_passing());
        assert_eq!(failure.to_string(), "the driver says no such element: gone");
    }

    #[test]
    fn an_answer_without_error_is_its_value() {
        assert_eq!(value_of(200, &json!({ "value": 4 })).ok(), Some(json!(4)));
    }
}
