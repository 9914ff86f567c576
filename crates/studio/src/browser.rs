//! The system's browser: what may be opened in it (SAFETY Z7), and who opens it.

use std::sync::Arc;

use url::Url;

use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::AppError;

/// Opens addresses in the system's browser, without a shell. The shell has one; tests give their own.
pub trait BrowserOpener: Send + Sync {
    /// Opens a web address; why not, in words, where it cannot.
    fn open(&self, address: &Url) -> Result<(), String>;
}

impl Studio {
    /// Opens a web address in the system's browser.
    pub(crate) async fn open_in_browser(&self, address: &Url) -> Result<(), StudioError> {
        let address = web_address(address.as_str())?;
        let Some(browser) = self.browser().map(Arc::clone) else {
            return Err(StudioError::BrowserNotOpened {
                reason: "there is none here".to_owned(),
            });
        };
        // Starting a program may take a moment, which nobody else has to wait for.
        let asked = tokio::task::spawn_blocking(move || browser.open(&address)).await;
        match asked {
            Ok(opened) => opened.map_err(|reason| StudioError::BrowserNotOpened { reason }),
            Err(error) => Err(StudioError::BrowserNotOpened {
                reason: error.to_string(),
            }),
        }
    }
}

/// An address for the browser, parsed and written again: http and https only, nothing that a shell or another
/// program could take for something else.
pub fn browser_address(text: &str) -> Result<String, AppError> {
    Ok(web_address(text)?.to_string())
}

fn web_address(text: &str) -> Result<Url, StudioError> {
    let refuse = || {
        let address = text
            .chars()
            .filter(|character| !character.is_control())
            .take(80)
            .collect();
        StudioError::NotABrowserAddress { address }
    };
    let url = Url::parse(text.trim()).map_err(|_| refuse())?;
    if !matches!(url.scheme(), "http" | "https")
        || !url.host_str().is_some_and(is_plain_host)
        || !url.username().is_empty()
        || url.password().is_some()
    {
        return Err(refuse());
    }
    Ok(url)
}

/// A host as there are: the URL standard lets quotes, backticks and `$(…)` be in one.
fn is_plain_host(host: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
    !host.is_empty() && host.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::browser_address;

    #[test]
    fn z7_only_web_addresses_are_opened_and_they_are_written_again() {
        assert_eq!(
            browser_address("https://example.com/a b").unwrap(),
            "https://example.com/a%20b"
        );
        for text in [
            "file:///etc/passwd",
            "smb://host/share",
            "javascript:alert(1)",
            "--flag",
            "$(reboot)",
            "",
            "mailto:a@b",
            "https://user@host/",
            "https://:password@host/",
            "https://$(reboot)/",
            "https://\u{e9}`reboot`/",
            "https://a\"b/",
            "https://",
            "data:text/html,x",
        ] {
            assert!(browser_address(text).is_err(), "{text}");
        }
        assert_eq!(
            browser_address("https://x.example/\n--flag").unwrap(),
            "https://x.example/--flag"
        );
    }
}
