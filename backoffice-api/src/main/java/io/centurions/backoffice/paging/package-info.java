/** The one shape of lists: a page of items and the cursor of the next page. */
package io.centurions.backoffice.paging;
