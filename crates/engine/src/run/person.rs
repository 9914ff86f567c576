//! Who an account is, in a builder's words: the connector's `account_name`.

use super::Run;

/// A longer name is cut.
const LONGEST: usize = 200;

impl Run<'_> {
    /// The account's name out of the outputs, where the connector says which. Nothing where that is not there, or
    /// where it gives a secret: a name is kept and shown in the clear.
    pub fn account_name(&self) -> Option<String> {
        let template = self.connector.account_name.as_ref()?;
        let moment = self.engine.moment();
        let name = self
            .renderer(self.scope(), &moment)
            .text("account_name", template)
            .ok()?;
        let name: String = name
            .trim()
            .chars()
            .filter(|character| !character.is_control())
            .take(LONGEST)
            .collect();
        let is_open = self.secrets.mask_text(&name) == name;
        (is_open && !name.is_empty()).then_some(name)
    }
}
