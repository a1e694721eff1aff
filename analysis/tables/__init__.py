"""The published tables, one file each: `AFTER` names the tables it reads, `fill` puts its rows in. Found by walking this folder."""
