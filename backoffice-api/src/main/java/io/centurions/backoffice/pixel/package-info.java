/** Meta datasets that a company reports its conversions to. Tokens go in and never come out. */
package io.centurions.backoffice.pixel;
