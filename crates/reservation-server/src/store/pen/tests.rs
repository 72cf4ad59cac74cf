//! Turns, and what becomes of them.

use sqlx::AssertSqlSafe;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use tempfile::TempDir;
use tokio::task::JoinHandle;

use super::*;

struct Paper {
    pen: Pen,
    pool: SqlitePool,
    readers: SqlitePool,
    _folder: TempDir,
}

/// A table of words that may not be written twice.
async fn paper() -> Paper {
    let folder = tempfile::tempdir().unwrap();
    let options = SqliteConnectOptions::new()
        .filename(folder.path().join("paper"))
        .create_if_missing(true);
    let one = SqlitePoolOptions::new().max_connections(1);
    let pool = one.connect_with(options.clone()).await.unwrap();
    let table = "PRAGMA journal_mode = WAL; CREATE TABLE words (word TEXT NOT NULL UNIQUE)";
    sqlx::raw_sql(table).execute(&pool).await.unwrap();
    let readers = SqlitePoolOptions::new().connect_lazy_with(options);
    let log = Log::new(readers.clone());
    Paper {
        pen: Pen::new(pool.clone(), Doubt::default(), log),
        pool,
        readers,
        _folder: folder,
    }
}

impl Paper {
    async fn read(&self) -> Vec<String> {
        let words = sqlx::query_scalar("SELECT word FROM words ORDER BY rowid");
        words.fetch_all(&self.readers).await.unwrap()
    }

    /// Somebody who waits for a turn, writes a word and keeps it.
    fn keeps(&self, word: &'static str) -> JoinHandle<Result<(), StoreError>> {
        let pen = self.pen.clone();
        tokio::spawn(async move {
            let mut turn = pen.turn().await?;
            write(&mut turn, word).await?;
            turn.keep().await
        })
    }
}

async fn write(turn: &mut Turn, word: &str) -> Result<(), StoreError> {
    let (paper, before) = turn.work()?;
    let sql = AssertSqlSafe(format!("{before}INSERT INTO words (word) VALUES ($1)"));
    let statement = sqlx::query(sql).bind(word.to_owned());
    statement.execute(&mut **paper).await?;
    turn.said();
    Ok(())
}

/// Lets the others come as far as they can.
async fn others() {
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn who_waits_shares_one_transaction_and_nobody_reads_half_of_it() {
    let paper = paper().await;
    let mut first = paper.pen.turn().await.unwrap();
    let waiting = ["b", "c", "d"].map(|word| paper.keeps(word));
    others().await;
    write(&mut first, "a").await.unwrap();
    assert_eq!(paper.read().await, [""; 0]);
    first.keep().await.unwrap();
    for waiting in waiting {
        waiting.await.unwrap().unwrap();
    }
    assert_eq!(paper.read().await, ["a", "b", "c", "d"]);
    assert_eq!(paper.pen.written(), 1);
}

#[tokio::test]
async fn what_one_takes_back_is_nobody_else_s() {
    let paper = paper().await;
    let kept = paper.keeps("a");
    others().await;
    let mut left = paper.pen.turn().await.unwrap();
    write(&mut left, "b").await.unwrap();
    left.leave().await.unwrap();
    let mut gone = paper.pen.turn().await.unwrap();
    write(&mut gone, "c").await.unwrap();
    drop(gone);
    paper.keeps("d").await.unwrap().unwrap();
    kept.await.unwrap().unwrap();
    assert_eq!(paper.read().await, ["a", "d"]);
}

#[tokio::test]
async fn who_only_looked_hears_nothing_before_it_is_on_disk() {
    let paper = paper().await;
    let mut first = paper.pen.turn().await.unwrap();
    let pen = paper.pen.clone();
    let looks = tokio::spawn(async move {
        let turn = pen.turn().await.unwrap();
        turn.leave().await.unwrap();
        pen.written()
    });
    others().await;
    write(&mut first, "a").await.unwrap();
    first.keep().await.unwrap();
    assert_eq!(looks.await.unwrap(), 1);
}

#[tokio::test]
async fn a_failed_statement_undoes_what_was_under_way_and_says_so() {
    let paper = paper().await;
    let mut first = paper.pen.turn().await.unwrap();
    let pen = paper.pen.clone();
    let fails = tokio::spawn(async move {
        let mut turn = pen.turn().await?;
        write(&mut turn, "a").await
    });
    others().await;
    write(&mut first, "a").await.unwrap();
    let undone = first.keep().await.unwrap_err();
    assert!(undone.is_conflict(), "{undone}");
    assert!(fails.await.unwrap().is_err());
    assert_eq!(paper.read().await, [""; 0]);
    paper.keeps("a").await.unwrap().unwrap();
    assert_eq!(paper.read().await, ["a"]);
}

#[tokio::test]
async fn the_pool_is_free_between_transactions() {
    let paper = paper().await;
    paper.keeps("a").await.unwrap().unwrap();
    let turn = paper.pen.turn().await.unwrap();
    turn.leave().await.unwrap();
    // Nobody comes after this one to tidy up.
    let mut gone = paper.pen.turn().await.unwrap();
    write(&mut gone, "b").await.unwrap();
    drop(gone);
    let free = tokio::time::timeout(WAIT / 2, paper.pool.acquire()).await;
    drop(free.unwrap().unwrap());
    assert_eq!(paper.read().await, ["a"]);
}
