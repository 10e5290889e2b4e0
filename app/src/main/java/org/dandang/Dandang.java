package org.dandang;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application. It is started by the command line. */
@SpringBootApplication
public class Dandang {}
