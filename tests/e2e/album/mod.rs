//! The album: which pictures are wished for, and how each comes into being.

mod booking;
mod camera;
mod plan;
mod sheet;

use std::{
    env, fs,
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
};

use camera::Camera;
use plan::{CROSSROADS, NOT_FOUND, SCHEMES, SIZES, Size, name_of, names};
use sheet::Sheet;

use crate::{
    failure::{Failure, Outcome},
    flow::{Flow, Scene},
    flows::words::Words,
    site::{Site, given},
};

/// The pictures that were wished for.
pub struct Album {
    folder: PathBuf,
    pages: Vec<String>,
    /// A part of the paths to photograph.
    part: Option<String>,
    sizes: Vec<Size>,
    /// How many pictures were taken.
    taken: AtomicUsize,
}

impl Album {
    /// Reads the wishes that `cargo xtask shots` hands over.
    pub fn wished() -> Outcome<Self> {
        let folder = given("INTERNO_SHOTS")?;
        fs::create_dir_all(&folder)?;
        let mut sizes = SIZES.to_vec();
        if let Ok(width) = env::var("INTERNO_SHOTS_WIDTH") {
            sizes.retain(|size| size.width.to_string() == width);
            if sizes.is_empty() {
                let known = SIZES.map(|size| size.width.to_string()).join(", ");
                return Err(Failure::new(format!(
                    "No picture is {width} wide; there are {known}."
                )));
            }
        }
        let album = Self {
            folder,
            pages: Site::pages()?,
            part: env::var("INTERNO_SHOTS_PAGE").ok(),
            sizes,
            taken: AtomicUsize::new(0),
        };
        if album.count() == 0 {
            let part = album.part.unwrap_or_default();
            return Err(Failure::new(format!("No page's path contains `{part}`.")));
        }
        Ok(album)
    }

    fn wants(&self, path: &str) -> bool {
        self.part.as_ref().is_none_or(|part| path.contains(part))
    }

    /// The pages of a language that are wanted; those of none go with the Spanish ones.
    fn pages_of(&self, code: &str) -> Vec<&str> {
        let own = format!("/{code}/");
        let pages = self.pages.iter().map(String::as_str);
        let mut paths: Vec<_> = pages.filter(|path| path.starts_with(&own)).collect();
        if code == "es" {
            paths.extend([CROSSROADS, NOT_FOUND]);
        }
        paths.retain(|path| self.wants(path));
        paths
    }

    fn count(&self) -> usize {
        self.pages_of("es").len() + self.pages_of("en").len()
    }

    /// Takes the pictures of one language. A page that fails does not keep the others away.
    pub async fn fill(&self, flow: &'static str, words: &'static Words) -> Outcome {
        let pages = self.pages_of(words.code);
        if pages.is_empty() {
            return Ok(());
        }
        Flow::named(flow)
            .run(async |scene| {
                let visit = Visit {
                    album: self,
                    camera: Camera {
                        page: &scene.page,
                        folder: &self.folder,
                        sizes: &self.sizes,
                    },
                    words,
                };
                visit.every_page(scene, &pages).await
            })
            .await
    }

    /// Lists all pictures that are there, those of earlier runs too.
    pub fn write_index(&self) -> Outcome {
        let html = sheet::index(&self.folder, &names(&self.pages));
        let index = self.folder.join("index.html");
        fs::write(&index, html)?;
        println!("{} shows them all", index.display());
        Ok(())
    }

    fn tell(&self, name: &str) {
        let variants = self.sizes.len() * SCHEMES.len();
        let taken = self.taken.fetch_add(variants, Ordering::Relaxed) + variants;
        let all = self.count() * variants;
        println!("{taken:>4} of about {all} pictures  {name}");
    }
}

/// One language being photographed.
struct Visit<'a> {
    album: &'a Album,
    camera: Camera<'a>,
    words: &'static Words,
}

impl Visit<'_> {
    async fn every_page(&self, scene: &Scene, pages: &[&str]) -> Outcome {
        self.camera.prepare().await?;
        let mut names = Vec::new();
        let mut faults = Vec::new();
        let mut keep = |what: &str, taken: Outcome| {
            faults.extend(taken.err().map(|fault| fault.while_doing(what)));
        };
        let is_step = |path: &&str| self.is_later_step(path);
        for path in pages.iter().filter(|path| !is_step(path)) {
            let name = name_of(path);
            keep(path, self.camera.load(path, &name).await);
            self.album.tell(&name);
            names.push(name);
        }
        if pages.iter().any(is_step) {
            match booking::photograph(self, scene).await {
                Ok(walked) => names.extend(walked),
                Err(failure) => keep("a booking", Err(failure)),
            }
        }
        for name in names {
            keep(&name, self.lay_out(&name).await);
        }
        if faults.is_empty() {
            return Ok(());
        }
        let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
        Err(Failure::new(faults.join("\n")))
    }

    fn is_later_step(&self, path: &str) -> bool {
        let step = path.strip_prefix(self.words.book);
        step.is_some_and(|step| !step.is_empty())
    }

    /// Lays the pictures of one name side by side.
    async fn lay_out(&self, name: &str) -> Outcome {
        let folder = &self.album.folder;
        let Some(sheet) = Sheet::of(folder, name)? else {
            return Ok(());
        };
        let file = folder.join(format!("sheet-{name}.png"));
        self.camera
            .sheet(&sheet.html(name), sheet.width(), &file)
            .await
    }
}
