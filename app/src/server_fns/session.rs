//! Signing in and out, the first account, and the theme.

use leptos::prelude::*;

use crate::error::AppError;
use crate::queries::AuthState;

/// Whether the set-up is still to be done, and the sign-in of the demo.
#[server(prefix = "/api", endpoint = "session/state")]
pub async fn load_auth_state() -> Result<AuthState, AppError> {
    let auth = crate::context::auth()?;
    let needs_set_up = auth.needs_set_up().await?;
    let demo = auth.demo().map(|demo| (demo.email, demo.password));
    Ok(AuthState { needs_set_up, demo })
}

/// Starts a session; answers with the address to go to.
#[server(prefix = "/api", endpoint = "session/login")]
pub async fn sign_in(email: String, password: String, #[server(default)] next: String) -> Result<String, AppError> {
    crate::context::auth()?.sign_in(&email, password).await?;
    Ok(redirect(safe_next(next)))
}

/// Ends the session.
#[server(prefix = "/api", endpoint = "session/logout")]
pub async fn sign_out() -> Result<String, AppError> {
    crate::context::auth()?.sign_out().await?;
    Ok(redirect("/login".into()))
}

/// Makes the first tenant, its owner and the operator; answers with the address to go to.
#[server(prefix = "/api", endpoint = "session/setup")]
pub async fn set_up(code: String, tenant_name: String, email: String, password: String) -> Result<String, AppError> {
    let owner = engine::identity::FirstOwner {
        code: code.trim().into(),
        tenant_name,
        time_zone: "UTC".into(),
        email,
        password: password.into(),
    };
    crate::context::auth()?.set_up(owner).await?;
    Ok(redirect("/admin".into()))
}

/// Remembers the theme in a cookie.
#[server(prefix = "/api", endpoint = "session/theme")]
pub async fn choose_theme(theme: String) -> Result<(), AppError> {
    let cookie = match &*theme {
        "light" => "theme=light; Path=/; Max-Age=31536000; SameSite=Lax",
        "dark" => "theme=dark; Path=/; Max-Age=31536000; SameSite=Lax",
        "system" => "theme=; Path=/; Max-Age=0; SameSite=Lax",
        _ => return Err(AppError::invalid("theme", "Choose light, dark or system.")),
    };
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.append_header(http::header::SET_COOKIE, http::HeaderValue::from_static(cookie));
    }
    Ok(())
}

fn redirect(address: String) -> String {
    leptos_axum::redirect(&address);
    address
}

/// `next` if it is a page of the admin UI: an open redirect would send people elsewhere after the sign-in.
fn safe_next(next: String) -> String {
    let ours = next
        .strip_prefix("/admin")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
        && !next.contains(['\\', '\r', '\n', ':']);
    if ours { next } else { "/admin".into() }
}

#[cfg(test)]
mod tests;
