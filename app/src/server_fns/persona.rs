//! The persona: writing it, going back, having it checked, and trying it.

use domain::persona::SafetyStatus;
use domain::views::{PersonaComparison, PersonaPage, PersonaSaved, TryAnswer};
use leptos::prelude::*;

use crate::error::AppError;
use crate::forms::PersonaForm;

const PAGE: &str = "/admin/persona";

/// What is written, how far its check is, what answers, and every version.
#[server(prefix = "/api", endpoint = "persona/load")]
pub async fn load_persona() -> Result<PersonaPage, AppError> {
    let viewer = crate::context::signed_in()?;
    Ok(personas(&viewer)?.page().await?)
}

/// Saves a new version; `version` is the one that was being changed, 0 before the first.
#[server(prefix = "/api", endpoint = "persona/save")]
pub async fn save_persona(version: i64, #[server(flatten)] persona: PersonaForm) -> Result<PersonaSaved, AppError> {
    let viewer = crate::context::editor()?;
    let content = persona.content();
    let saved = personas(&viewer)?.save((&viewer).into(), &content, version).await;
    let saved = saved.map_err(|error| at_fields(error.into(), &persona))?;
    crate::flash::notify(match saved.status {
        SafetyStatus::Draft => "The persona is saved as a draft. It is checked once the AI is on.",
        SafetyStatus::Approved => "The persona is saved. It is approved and answers from now on.",
        _ => "The persona is saved. It is being checked.",
    });
    leptos_axum::redirect(PAGE);
    Ok(saved)
}

/// Saves an earlier version again, as the newest one.
#[server(prefix = "/api", endpoint = "persona/restore")]
pub async fn restore_persona(version: i64) -> Result<PersonaSaved, AppError> {
    let viewer = crate::context::editor()?;
    let saved = personas(&viewer)?.restore((&viewer).into(), version).await?;
    crate::flash::notify(format!("Version {version} is restored, as version {}.", saved.version));
    leptos_axum::redirect(&format!("{PAGE}#versions"));
    Ok(saved)
}

/// Has an unchecked version checked now.
#[server(prefix = "/api", endpoint = "persona/check-again")]
pub async fn check_persona_again() -> Result<(), AppError> {
    let viewer = crate::context::editor()?;
    personas(&viewer)?.check_again((&viewer).into()).await?;
    crate::flash::notify("The check was asked for.");
    leptos_axum::redirect(PAGE);
    Ok(())
}

/// Two versions side by side, the older one first.
#[server(prefix = "/api", endpoint = "persona/compare")]
pub async fn compare_personas(one: i64, other: i64) -> Result<PersonaComparison, AppError> {
    let viewer = crate::context::signed_in()?;
    Ok(personas(&viewer)?.diff(one, other).await?)
}

/// What the AI would answer to a message that the admin made up, by the persona that answers now. Nothing is sent, stored or charged.
#[server(prefix = "/api", endpoint = "persona/try")]
pub async fn try_persona(#[server(default)] text: String) -> Result<TryAnswer, AppError> {
    let viewer = crate::context::editor()?;
    let message = super::plain_lines(&text);
    let tried = domain::simulate::TriedMessage::text(&message);
    tried
        .check()
        .map_err(|error| AppError::invalid("text", error.message))?;
    let engine = crate::context::engine()?;
    Ok(engine.pipeline().try_persona(viewer.tenant_id, &message).await?)
}

fn personas(viewer: &domain::views::Viewer) -> Result<engine::persona::Personas, AppError> {
    let engine = crate::context::engine()?;
    Ok(engine::persona::Personas::for_tenant(
        engine.database(),
        engine.clock().clone(),
        viewer.tenant_id,
        crate::context::ai_available(&engine),
    ))
}

/// Facts are typed into a field for each topic.
fn at_fields(error: AppError, persona: &PersonaForm) -> AppError {
    match error {
        AppError::Invalid { fields } => AppError::Invalid {
            fields: persona.errors_at_fields(fields),
        },
        other => other,
    }
}
