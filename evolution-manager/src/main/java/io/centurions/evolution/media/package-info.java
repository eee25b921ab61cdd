/**
 * Files that leads send: fetched from the server after their message is stored, kept in PostgreSQL, announced. Promises an end for
 * each file, stored or failed. Hands on {@code media.stored}; must not know what a file shows.
 */
package io.centurions.evolution.media;
