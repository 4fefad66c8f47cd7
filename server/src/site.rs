//! The files of the admin UI (WebAssembly, script, style sheet, icons), wherever the binary was started from.
//!
//! They are looked for in `LEPTOS_SITE_ROOT`, then next to the binary (`site/`), then where they were when it was built.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::Package;
use leptos::config::LeptosOptions;

const OUTPUT_NAME: &str = "concierge";
const PKG: &str = "pkg";

/// Where the files are.
#[derive(Debug, Clone)]
pub struct Site {
    root: PathBuf,
    hash_file: Option<PathBuf>,
}

impl Site {
    /// Looks for them. A site that was not built has no files; pages work without.
    #[must_use]
    pub fn find() -> Self {
        let root = candidates()
            .into_iter()
            .find(|root| root.join(PKG).is_dir())
            .unwrap_or_else(|| PathBuf::from("target/site"));
        let hash_file = hash_files(&root)
            .into_iter()
            .find(|file| names_existing_script(file, &root));
        Self { root, hash_file }
    }

    /// Says in the log that pages come without style and scripts, where their files are not found.
    pub fn warn_if_incomplete(&self) {
        let style_sheet = self.style_sheet();
        if !style_sheet.is_file() {
            tracing::warn!(
                missing = %style_sheet.display(),
                "the files of the admin UI are not complete, so pages come without style and scripts; the folder site/ and hash.txt of the build belong beside the binary"
            );
        }
    }

    /// A site in this folder, without hashed names.
    #[must_use]
    pub fn at(root: PathBuf) -> Self {
        Self { root, hash_file: None }
    }

    /// What the pages need to know.
    #[must_use]
    pub fn leptos_options(&self) -> LeptosOptions {
        let hash_file = self.hash_file.as_deref().unwrap_or(Path::new("hash.txt"));
        LeptosOptions::builder()
            .output_name(OUTPUT_NAME)
            .site_root(self.root.to_string_lossy().as_ref())
            .site_pkg_dir(PKG)
            .hash_file(hash_file.to_string_lossy().as_ref().into())
            .hash_files(self.hash_file.is_some())
            .build()
    }

    /// What makes pages alive. Without hashed names, and for a site that was not built, its parts are found by running the main file.
    #[must_use]
    pub fn package(&self) -> Package {
        let manifest = self.pkg().join(self.named("__wasm_split_manifest", "manifest", "json"));
        Package {
            script: address(&self.named(OUTPUT_NAME, "js", "js")),
            wasm: address(&self.named(OUTPUT_NAME, "wasm", "wasm")),
            parts: Arc::new(files_of_parts(&manifest)),
        }
    }

    /// Whether file names change with their content, so that browsers may keep them for good.
    #[must_use]
    pub fn has_hashed_names(&self) -> bool {
        self.hash_file.is_some()
    }

    /// The folder of script, WebAssembly and style sheet.
    #[must_use]
    pub fn pkg(&self) -> PathBuf {
        self.root.join(PKG)
    }

    /// The style sheet.
    #[must_use]
    pub fn style_sheet(&self) -> PathBuf {
        self.pkg().join(self.named(OUTPUT_NAME, "css", "css"))
    }

    /// The file's name, with the hash that `hash.txt` has under `kind`.
    fn named(&self, name: &str, kind: &str, ending: &str) -> String {
        match self.hash_file.as_deref().and_then(|file| hash_of(kind, file)) {
            Some(hash) => format!("{name}.{hash}.{ending}"),
            None => format!("{name}.{ending}"),
        }
    }

    /// Files at the top, such as the icon: name and path.
    #[must_use]
    pub fn top_files(&self) -> Vec<(String, PathBuf)> {
        let Ok(entries) = std::fs::read_dir(&self.root) else {
            return Vec::new();
        };
        let files = entries.flatten().filter(|entry| entry.path().is_file());
        let named = files.filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.path())));
        named
            .filter(|(name, _)| !name.ends_with(".br") && !name.ends_with(".gz") && !name.starts_with('.'))
            .collect()
    }
}

fn address(file: &str) -> String {
    format!("/{PKG}/{file}")
}

/// As the splitter of the WebAssembly wrote them down.
fn files_of_parts(manifest: &Path) -> HashMap<String, Vec<String>> {
    let text = std::fs::read_to_string(manifest).unwrap_or_default();
    let parts: HashMap<String, Vec<String>> = serde_json::from_str(&text).unwrap_or_default();
    let addresses = |files: Vec<String>| files.iter().map(|file| address(&format!("{file}.wasm"))).collect();
    parts
        .into_iter()
        .map(|(part, files)| (part, addresses(files)))
        .collect()
}

fn candidates() -> Vec<PathBuf> {
    let beside = binary_folder().map(|folder| folder.join("site"));
    let from_environment = std::env::var_os("LEPTOS_SITE_ROOT").map(PathBuf::from);
    let built = Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/site"));
    [from_environment, beside, built].into_iter().flatten().collect()
}

fn binary_folder() -> Option<PathBuf> {
    std::env::current_exe().ok()?.parent().map(Path::to_path_buf)
}

fn hash_files(root: &Path) -> Vec<PathBuf> {
    if std::env::var("LEPTOS_HASH_FILES").is_ok_and(|value| value == "false") {
        return Vec::new();
    }
    let folders = [
        binary_folder(),
        Some(root.to_path_buf()),
        root.parent().map(Path::to_path_buf),
    ];
    folders
        .into_iter()
        .flatten()
        .map(|folder| folder.join("hash.txt"))
        .filter(|file| file.is_file())
        .collect()
}

/// An old hash file beside a new site would name files that are gone.
fn names_existing_script(hash_file: &Path, root: &Path) -> bool {
    hash_of("js", hash_file).is_some_and(|hash| root.join(PKG).join(format!("{OUTPUT_NAME}.{hash}.js")).is_file())
}

fn hash_of(kind: &str, hash_file: &Path) -> Option<String> {
    let lines = std::fs::read_to_string(hash_file).ok()?;
    let hash = lines
        .lines()
        .find_map(|line| line.strip_prefix(kind)?.trim().strip_prefix(':').map(str::trim))?;
    Some(hash.to_owned())
}
