//! Who an account is, in a builder's words: the connector's `account_name`.

use super::Run;

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
        (self.secrets.mask_text(&name) == name).then_some(name)
    }
}
