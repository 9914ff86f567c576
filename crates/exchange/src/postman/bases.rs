//! Where the API of a collection is: what most addresses begin with, its variables put in where they are known.

use latchwork_model::Template;
use url::Url;

use super::collection::{Collection, Item, NO_REQUESTS};
use super::expansion::Place;
use crate::foreign::{ForeignError, ForeignKind, commonest, list};
use crate::literal::escape;
use crate::note::NoteKind;

impl Collection<'_> {
    /// Requests of other protocols than HTTP cannot be endpoints.
    pub fn leave_out_other_schemes(&mut self) -> Result<(), ForeignError> {
        let is_http = |item: &Item<'_>| {
            item.read
                .address
                .base
                .split_once("://")
                .is_none_or(|(scheme, _)| {
                    scheme.contains('{')
                        || scheme.eq_ignore_ascii_case("http")
                        || scheme.eq_ignore_ascii_case("https")
                })
        };
        let others: Vec<&str> = self
            .items
            .iter()
            .filter(|item| !is_http(item))
            .map(|item| item.name.as_str())
            .collect();
        if others.is_empty() {
            return Ok(());
        }
        let names = list(others);
        self.scope.notes.add(
            NoteKind::LeftOut,
            format!("Left out, since they are no HTTP requests: {names}."),
        );
        let place = self.items[0].read.address.place.clone();
        self.items.retain(is_http);
        if self.items.is_empty() {
            return Err(ForeignError::new(
                ForeignKind::Postman,
                place,
                "no request of the collection is an HTTP request",
                NO_REQUESTS,
            ));
        }
        Ok(())
    }

    /// What most addresses begin with; the first of several. Empty where none has a host.
    pub fn commonest_base(&self) -> String {
        let bases = self
            .items
            .iter()
            .map(|item| item.read.address.base.as_str());
        commonest(bases).unwrap_or_default().to_owned()
    }

    /// A base as the connector's base URL. What is known is written out.
    pub fn base_url(&mut self, base: &str) -> Result<Template, ForeignError> {
        let first = self
            .items
            .iter()
            .find(|item| item.read.address.base == base);
        let place = first.map_or_else(String::new, |item| item.read.address.place.clone());
        if base.is_empty() {
            return Err(ForeignError::new(
                ForeignKind::Postman,
                place,
                "no request has an address with a host or a variable for one",
                "Give the requests addresses in Postman, such as {{baseUrl}}/users, and export the collection again.",
            ));
        }
        self.origin(base, &place)
    }

    /// What an address begins with, as a template.
    pub fn origin(&mut self, base: &str, place: &str) -> Result<Template, ForeignError> {
        let Some(known) = self.scope.literal(base) else {
            let template = self.scope.template(base, Place::Plain, place)?;
            // Only a variable can bring a scheme along.
            let has_scheme = base.contains("://") || base.starts_with("{{");
            return Ok(if has_scheme {
                template
            } else {
                format!("http://{template}").into()
            });
        };
        let mut known = known.trim().to_owned();
        if !known.contains("://") {
            self.scope.notes.add(
                NoteKind::Changed,
                "An address has no scheme: `http://` was put before it, as Postman does.",
            );
            known.insert_str(0, "http://");
        }
        let fault = |reason: &str| {
            ForeignError::new(
                ForeignKind::Postman,
                place,
                format!("the address cannot be read: {reason}"),
                "Mend the address, or the variable that it begins with, in Postman, and export the collection again.",
            )
        };
        let mut url = Url::parse(&known).map_err(|error| fault(&error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(fault("it is not http or https"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            self.scope.notes.add(
                NoteKind::LeftOut,
                "User name and password in an address are left out: set the connector's auth to basic.",
            );
            let cleared = url.set_username("").and_then(|()| url.set_password(None));
            cleared.map_err(|()| fault("it has a user name where none can be"))?;
            known = url.to_string();
        }
        let end = known.find(['?', '#']).unwrap_or(known.len());
        Ok(escape(known[..end].trim_end_matches('/')))
    }
}
