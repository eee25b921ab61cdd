/**
 * The chapters: a company is set up; a lead of an ad and a lead of a form each go the whole way to a signed contract; the
 * other channels answer; repeats change nothing. Each hands on what later ones need.
 */
package io.centurions.story.chapter;
