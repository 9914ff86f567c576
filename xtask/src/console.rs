//! What tasks say to the person, and the one question they ask.

use std::io::{BufRead, IsTerminal, Write};

use crate::failure::Failure;

/// Who agrees to changes outside the checkout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// `--yes`, `CI=true`, or nobody there to ask: say it and go on.
    Given,
    /// A person at a terminal: say it and ask.
    Ask,
}

impl Consent {
    /// Finds out from the flag, the environment and the terminal.
    pub fn find(yes: bool) -> Self {
        let ci = std::env::var("CI").is_ok_and(|value| value == "true");
        if yes || ci || !std::io::stdin().is_terminal() {
            Self::Given
        } else {
            Self::Ask
        }
    }

    /// Says what will change outside the checkout, and asks where there is somebody to ask.
    pub fn to(self, change: &str) -> Result<(), Failure> {
        println!("{change}");
        if self == Self::Given {
            return Ok(());
        }
        print!("Go on? [Y/n] ");
        std::io::stdout().flush().ok();
        let mut answer = String::new();
        std::io::stdin().lock().read_line(&mut answer).ok();
        match answer.trim().to_lowercase().as_str() {
            "" | "y" | "yes" => Ok(()),
            _ => Err(Failure::Declined),
        }
    }
}

/// A heading before a longer piece of work.
pub fn heading(text: &str) {
    if std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        println!("\n\x1b[1m== {text}\x1b[0m");
    } else {
        println!("\n== {text}");
    }
    std::io::stdout().flush().ok();
}

/// One line about what happens.
pub fn say(text: &str) {
    println!("{text}");
    std::io::stdout().flush().ok();
}
