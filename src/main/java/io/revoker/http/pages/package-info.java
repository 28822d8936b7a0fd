/**
 * What people see in a browser: the first page, the description of the API, and the console with its sessions. The
 * files are in {@code src/main/resources/io/revoker/pages}.
 *
 * <p>Owns the files that a browser is sent, the headers that keep other pages away from them, and how a session stands
 * for a caller. The console calls the routes of the other packages, which are mounted below its path: begin with
 * {@link io.revoker.http.pages.ConsoleRoutes}.
 */
@NullMarked
package io.revoker.http.pages;

import org.jspecify.annotations.NullMarked;
