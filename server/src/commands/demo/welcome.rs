//! What a visitor of the demo reads first: where to go and how to sign in.

use std::path::Path;

use ::sandbox::Sandbox;
use secrecy::ExposeSecret;

use super::seed::SignIn;
use crate::config::BaseUrl;

/// Prints it.
pub(super) fn print(admin: &BaseUrl, sandbox: &Sandbox, sign_in: &SignIn, folder: &Path) {
    println!("\nThe Concierge demo is ready.\n");
    println!("  Admin pages   {}", admin.origin());
    let password = sign_in.password.as_ref();
    let password = password.map_or("the password you chose", |password| password.expose_secret());
    println!("                sign in as {} with {password}", sign_in.email);
    println!("  Chat page     {}", sandbox.base_url());
    println!("                write a DM as a customer and watch the reply arrive\n");
    println!(
        "  It keeps its data in {}/ (--reset forgets it). Ctrl+C stops it.\n",
        folder.display()
    );
}
