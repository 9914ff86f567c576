//! The GraphQL endpoint. Without credentials it answers errors in the body with 200, as GraphQL APIs do; a token
//! that is expired or unknown gets 401, so that it can be told from a missing one.

#![expect(
    clippy::unused_async,
    reason = "resolvers are asynchronous by async-graphql's rule"
)]

use async_graphql::{
    Context, EmptySubscription, Error, ErrorExtensions, Object, Result, Schema, SimpleObject,
};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};

use crate::contact::{Contact, ContactPage, NewContact};
use crate::demo::{USER, User, accepts};
use crate::identity::identify;
use crate::problem::{Problem, WRONG_CREDENTIALS};
use crate::query::check_ttl;
use crate::raw_body::RawBody;
use crate::session::{DEFAULT_TTL, Session};
use crate::state::{Harbour, Shared};

/// The schema of the practice API.
pub(crate) type HarbourSchema = Schema<Query, Mutation, EmptySubscription>;

/// Bounds on what one query may ask for.
const DEPTH_LIMIT: usize = 16;
const COMPLEXITY_LIMIT: usize = 500;

/// Builds the schema.
pub(crate) fn schema() -> HarbourSchema {
    Schema::build(Query, Mutation, EmptySubscription)
        .limit_depth(DEPTH_LIMIT)
        .limit_complexity(COMPLEXITY_LIMIT)
        .finish()
}

pub(crate) async fn answer(
    State(harbour): State<Shared>,
    headers: HeaderMap,
    body: RawBody,
) -> std::result::Result<Json<async_graphql::Response>, Problem> {
    let request: async_graphql::Request = body.json(&headers)?;
    if request.query.trim().is_empty() {
        return Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "no_query",
            "The body has no `query`.",
        )
        .at("query"));
    }
    let session = identify(&headers, &harbour)?;
    Ok(Json(
        harbour
            .schema
            .execute(request.data(session).data(Shared::clone(&harbour)))
            .await,
    ))
}

pub(crate) struct Query;

/// What can be read.
#[Object]
impl Query {
    /// Who is signed in.
    async fn me(&self, context: &Context<'_>) -> Result<User> {
        signed_in(context)?;
        Ok(USER)
    }

    /// Contacts, ten a page.
    async fn contacts(
        &self,
        context: &Context<'_>,
        #[graphql(default)] query: String,
        #[graphql(default = 1, validator(minimum = 1))] page: i32,
    ) -> Result<ContactPage> {
        signed_in(context)?;
        Ok(harbour(context)?
            .contacts()
            .page(&query, usize::try_from(page).unwrap_or(1)))
    }

    /// One contact; null where there is none.
    async fn contact(&self, context: &Context<'_>, id: u32) -> Result<Option<Contact>> {
        signed_in(context)?;
        Ok(harbour(context)?.contacts().get(id))
    }
}

pub(crate) struct Mutation;

/// What can be changed.
#[Object]
impl Mutation {
    /// Signs in.
    async fn login(
        &self,
        context: &Context<'_>,
        email: String,
        password: String,
        ttl: Option<u64>,
    ) -> Result<Login> {
        if !accepts(&email, &password) {
            return Err(coded(WRONG_CREDENTIALS, "WRONG_CREDENTIALS"));
        }
        let ttl = check_ttl(Some(ttl.unwrap_or(DEFAULT_TTL)))
            .map_err(|_| coded("`ttl` is whole seconds from 1 to 86400.", "INVALID_TTL"))?;
        let harbour = harbour(context)?;
        let session = harbour.sessions().open(ttl, harbour.now());
        Ok(session.into())
    }

    /// Adds a contact.
    async fn add_contact(&self, context: &Context<'_>, contact: NewContact) -> Result<Contact> {
        signed_in(context)?;
        harbour(context)?
            .contacts()
            .add(contact)
            .map_err(|refusal| coded(&refusal.to_string(), "INVALID_CONTACT"))
    }
}

/// A new session.
#[derive(SimpleObject)]
struct Login {
    token: String,
    expires_in: u64,
    renewal_token: String,
    user: User,
}

impl From<Session> for Login {
    fn from(session: Session) -> Self {
        Self {
            token: session.token,
            expires_in: session.ttl,
            renewal_token: session.renewal_token,
            user: USER,
        }
    }
}

fn harbour<'a>(context: &Context<'a>) -> Result<&'a Harbour> {
    context.data::<Shared>().map(AsRef::as_ref)
}

fn signed_in(context: &Context<'_>) -> Result<()> {
    match context.data::<Option<Session>>()? {
        Some(_) => Ok(()),
        None => Err(coded(
            "Sign in with the login mutation, then send `Authorization: Bearer TOKEN`.",
            "UNAUTHENTICATED",
        )),
    }
}

/// An error with a code for machines, where Apollo puts it.
fn coded(message: &str, code: &'static str) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code))
}
