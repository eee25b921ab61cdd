package io.centurions.backoffice.file;

/**
 * What became of a file that was sent.
 *
 * @param fresh false when the same request had brought it before
 */
record Kept(FileView view, boolean fresh) {}
