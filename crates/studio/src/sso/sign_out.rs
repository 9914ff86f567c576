//! Signing out: revoked at the provider where that is possible, forgotten here in any case (SAFETY Z23).

use super::client::SSO_CONNECTOR;
use crate::error::StudioError;
use crate::sign_out::{NobodyThere, PATIENCE, told};
use crate::studio::Studio;
use crate::wire::SignedOut;

impl Studio {
    /// Ends the single sign-on session. A sign-in that is under way is cancelled.
    pub async fn sso_sign_out(&self) -> Result<SignedOut, StudioError> {
        self.runs().forget(SSO_CONNECTOR);
        let (record, session, input) = {
            let _lease = self.sso_lease().await?;
            let Some(record) = self.sso_record().await? else {
                return Ok(told(&Ok(Vec::new())));
            };
            let session = self.sso_outputs(&record.client).await;
            let input = self.sso_input(&record.client).await;
            self.forget_sso(&record.client).await?;
            (record, session, input)
        };
        let (Ok(Some(session)), Ok(mut input)) = (session, input) else {
            return Ok(told(&Ok(Vec::new())));
        };
        input.timeout = Some(PATIENCE);
        let revoked = async {
            let connector = record.client.connector();
            let mut run = self.engine().run(&connector, input, &NobodyThere)?;
            run.restore(session);
            Ok(run.revoke().await)
        };
        Ok(told(&revoked.await))
    }
}
