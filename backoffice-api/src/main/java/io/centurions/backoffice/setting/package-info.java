/**
 * What a company keeps for its Centurions to work with, in one shape: made, listed, changed with the version
 * that was read, removed. Promises that what is stored was checked as a whole; knows none of the kinds.
 *
 * <p>Each kind brings its own record, and a resource that only names its endpoints and who may call them. The
 * resources have no common ancestor that declares the endpoints once: Quarkus holds the roles of a class for
 * those of the methods that the class itself declares, and roles on an inherited method would be the same for
 * every kind, which they are not.
 */
package io.centurions.backoffice.setting;
